// Package kustomize renders a folder of a commit with the upstream library, as
// `kustomize build` does with its defaults, or as Argo CD and Flux do.
package kustomize

import (
	"errors"

	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/api/resmap"
	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/kustomize/kyaml/openapi"

	"hydrant/engine/internal/confine"
	"hydrant/engine/internal/flux"
	"hydrant/engine/internal/gitfs"
	"hydrant/engine/internal/helm"
	"hydrant/engine/internal/rendering"
)

// Source is a folder with a kustomization; src/model/renderSource.ts has the words.
type Source struct {
	Path     string `json:"path"`
	Edits    *Edits `json:"edits,omitempty"`
	Generate bool   `json:"generate,omitempty"`
	// Unrestricted lets files come from outside of a kustomization's folder.
	Unrestricted bool `json:"unrestricted,omitempty"`
	// Charts are the options for charts.
	Charts *helm.Charts `json:"charts,omitempty"`
	Ignore string       `json:"ignore,omitempty"`
	Mounts []flux.Mount `json:"mounts,omitempty"`
}

// asFlux tells whether Flux builds the folder, rather than `kustomize build`.
func (s Source) asFlux() bool { return s.Generate || s.Mounts != nil }

// Render builds the folder. The error is a *rendering.Problem. Origins are asked for only
// where they are wanted: they cost up to as much as the rendering itself.
func Render(disk *gitfs.FileSystem, source Source, origins bool) ([]rendering.Item, error) {
	b, err := open(disk, source, origins)
	if err != nil {
		return nil, problemOf(err, failure{disk: disk, target: source.Path})
	}
	resources, err := run(b.disk, source.Path, source.options())
	if b.broken != nil {
		err = b.broken
	}
	if err != nil {
		return nil, b.elsewhere(b.partial(problemOf(err, failure{disk: b.disk, target: b.folder})), err)
	}
	items := itemsOf(resources)
	if origins {
		if err := b.takeOrigins(items, resources); err != nil {
			return nil, problemOf(err, failure{disk: b.disk, target: b.folder})
		}
	}
	return items, nil
}

func itemsOf(resources resmap.ResMap) []rendering.Item {
	items := make([]rendering.Item, 0, resources.Size())
	for _, found := range resources.Resources() {
		items = append(items, rendering.Item{Node: &found.RNode})
	}
	return items
}

// problemOf leaves a problem as it is and explains another error.
func problemOf(err error, context failure) *Problem {
	var problem *Problem
	if errors.As(err, &problem) {
		return problem
	}
	return withheld(err, context)
}

// builtInSchema is what kustomize uses where no kustomization has an `openapi` field.
var builtInSchema = openapi.GetSchemaVersion()

// run builds a folder of a file system. Kustomize keeps its schema, which takes longer to
// parse than most targets to build, so it is only parsed again where a target has one of
// its own: that came on top of the built-in one, which earlier targets left, and has to
// take its place; and it must not reach the next target.
func run(disk *gitfs.FileSystem, folder string, options *krusty.Options) (resmap.ResMap, error) {
	defer func() {
		if openapi.GetSchemaVersion() != builtInSchema {
			openapi.ResetOpenAPI()
		}
	}()
	resources, err := buildOnce(disk, folder, options)
	if openapi.GetSchemaVersion() == builtInSchema {
		return resources, err
	}
	openapi.ResetOpenAPI()
	return buildOnce(disk, folder, options)
}

// buildOnce builds a folder with the schema that there is. To kustomize the repository lies deep inside of
// another one, so that a path that climbs out of it is found out; errors, and what a panic
// says, have to be taken back (gitfs.Unrooted).
func buildOnce(disk *gitfs.FileSystem, folder string, options *krusty.Options) (resmap.ResMap, error) {
	confine.TakeRefused()
	defer confine.Answer(known(disk))()
	if options.Reorder == krusty.ReorderOptionNone {
		// That is Flux, which adds an overlay's schema to the built-in one.
		openapi.Schema()
	}
	resources, err := krusty.MakeKustomizer(options).Run(gitfs.NewRooted(disk), gitfs.RootedPath(folder))
	return resources, gitfs.UnrootedError(err)
}

// options are those of the one who builds the folder.
func (s Source) options() *krusty.Options {
	if s.asFlux() {
		return fluxOptions()
	}
	options := buildOptions()
	if s.Unrestricted {
		options.LoadRestrictions = types.LoadRestrictionsNone
	}
	return options
}

// buildOptions are those of `kustomize build` without flags: it sorts resources, unless the
// kustomization has sortOptions.
func buildOptions() *krusty.Options {
	options := krusty.MakeDefaultOptions()
	options.Reorder = krusty.ReorderOptionUnspecified
	return options
}

// fluxOptions are those of Flux (fluxcd/pkg/kustomize, Build): files may come from anywhere
// in the artifact, and resources are not sorted.
func fluxOptions() *krusty.Options {
	options := krusty.MakeDefaultOptions()
	options.LoadRestrictions = types.LoadRestrictionsNone
	return options
}
