package render

import (
	"encoding/json"
	"errors"
	"fmt"

	"hydrant/engine/internal/directory"
	"hydrant/engine/internal/gitfs"
	"hydrant/engine/internal/helm"
	"hydrant/engine/internal/kustomize"
	"hydrant/engine/internal/remote"
	"hydrant/engine/internal/rendering"
	"hydrant/engine/internal/resourceset"
)

// Source is what a target is rendered from; src/model/renderSource.ts has the words. What
// only one tool understands is decoded by it.
type Source struct {
	Tool  string
	Steps Steps
	// Repository is another one than that of the commit; nil for most.
	Repository *remote.OtherCommit
	own        json.RawMessage
}

// common are the fields of every tool's source.
type common struct {
	Tool  string `json:"tool"`
	Steps Steps  `json:"steps,omitempty"`
	// Repository is that of a source that one tool reads; a chart's is told with its place.
	Repository *remote.OtherCommit `json:"repository,omitempty"`
}

// Variants are the sources of all tools.
func (s *Source) Variants() [][]any {
	return [][]any{
		{common{}, kustomize.Source{}},
		{common{}, directory.Source{}},
		{common{}, helm.Source{}},
		{common{}, resourceset.Source{}},
		{common{}, combined{}},
	}
}

// UnmarshalJSON keeps the text for the tool that it names.
func (s *Source) UnmarshalJSON(text []byte) error {
	var common common
	if err := json.Unmarshal(text, &common); err != nil {
		return err
	}
	s.Tool, s.Steps, s.Repository = common.Tool, common.Steps, common.Repository
	s.own = append(json.RawMessage(nil), text...)
	return nil
}

// render renders with the source's tool and does its steps.
func (s Source) render(disk *gitfs.FileSystem, origins bool) ([]rendering.Item, error) {
	render, err := toolOf(s.Tool)
	if err != nil {
		return nil, err
	}
	items, err := s.in(disk, func(disk *gitfs.FileSystem) ([]rendering.Item, error) { return render(disk, s.own, origins) })
	if err != nil {
		return nil, err
	}
	return s.Steps.apply(disk, s.withoutLists(items))
}

// withoutLists has lists opened as the steps' operator does it; without steps they stay.
func (s Source) withoutLists(items []rendering.Item) []rendering.Item {
	switch {
	case len(s.Steps) == 0:
		return items
	case s.Steps.areArgos():
		return s.openedOnce(items)
	default:
		return opened(items)
	}
}

// openedOnce leaves alone what is opened already.
func (s Source) openedOnce(items []rendering.Item) []rendering.Item {
	if s.Tool == "directory" || s.Tool == "combined" {
		return items
	}
	return openedOnce(items)
}

// in renders with the files of the source's repository.
func (s Source) in(disk *gitfs.FileSystem, render func(*gitfs.FileSystem) ([]rendering.Item, error)) ([]rendering.Item, error) {
	if s.Repository == nil {
		return render(disk)
	}
	address := s.Repository.Repository
	other, err := disk.Other(*s.Repository)
	if err != nil {
		return nil, rendering.ObjectMissing(err).In(address)
	}
	items, err := render(other)
	var problem *rendering.Problem
	if errors.As(err, &problem) {
		return nil, problem.In(address)
	}
	for i := range items {
		items[i].Origin = rendering.In(address, items[i].Origin)
	}
	return items, err
}

// tool renders what it decodes.
type tool func(disk *gitfs.FileSystem, own json.RawMessage, origins bool) ([]rendering.Item, error)

func toolOf(name string) (tool, error) {
	switch name {
	case "kustomize":
		return decoded(kustomize.Render), nil
	case "directory":
		return decoded(directory.Render), nil
	case "helm":
		return decoded(helm.Render), nil
	case "resourceSet":
		return decoded(resourceset.Render), nil
	case "combined":
		return decoded(combine), nil
	default:
		return nil, fmt.Errorf("unknown tool %q", name)
	}
}

// decoded makes a tool of a renderer of one kind of source.
func decoded[T any](render func(*gitfs.FileSystem, T, bool) ([]rendering.Item, error)) tool {
	return func(disk *gitfs.FileSystem, own json.RawMessage, origins bool) ([]rendering.Item, error) {
		var source T
		if err := json.Unmarshal(own, &source); err != nil {
			return nil, fmt.Errorf("source: %w", err)
		}
		return render(disk, source, origins)
	}
}

// combined has several sources.
type combined struct {
	Sources []Source `json:"sources"`
}

func combine(disk *gitfs.FileSystem, source combined, origins bool) ([]rendering.Item, error) {
	var all []rendering.Item
	for _, one := range source.Sources {
		items, err := one.render(disk, origins)
		if err != nil {
			return nil, err
		}
		all = append(all, one.openedOnce(items)...)
	}
	return all, nil
}
