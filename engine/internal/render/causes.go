package render

import (
	"encoding/json"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"hydrant/engine/internal/causes"
	"hydrant/engine/internal/gitfs"
	"hydrant/engine/internal/helm"
	"hydrant/engine/internal/redact"
	"hydrant/engine/internal/remote"
)

// CausesParams asks where values of a target's Secrets come from.
type CausesParams struct {
	GitDir    string           `json:"gitDir"`
	Commit    string           `json:"commit"`
	Source    Source           `json:"source"`
	Redaction redact.Redaction `json:"redaction"`
	// Remotes are what was fetched of other places.
	Remotes remote.Inputs `json:"remotes,omitempty"`
	// Values are the digests of those that are asked about.
	Values []string `json:"values"`
}

// Causes tells what it finds; of what does not render it finds nothing.
func (r *Renderer) Causes(params CausesParams) (found causes.Found) {
	// A chart may fail in any way on a value that it did not expect.
	defer func() {
		if recover() != nil {
			found = causes.Found{Random: []string{}, Causes: []causes.Cause{}}
		}
	}()
	input := causes.Input{Source: params.Source.own, Files: map[string][]byte{}}
	render := func(change causes.Change) ([]redact.SecretValue, bool) {
		disk, items, err := r.changed(params, change)
		if err != nil {
			return nil, false
		}
		if change.Path == "" && change.Content == nil && !change.Chance {
			for name, content := range disk.Contents() {
				if real, ok := disk.Real("/" + name); ok {
					input.Files[real] = content
				}
			}
		}
		return params.Redaction.SecretValues(items), true
	}
	return causes.Of(params.Values, input, params.Redaction, render)
}

// changed renders the source with a change.
func (r *Renderer) changed(params CausesParams, change causes.Change) (*gitfs.FileSystem, []*yaml.RNode, error) {
	tree, err := r.stores.Tree(params.GitDir, params.Commit)
	if err != nil {
		return nil, nil, err
	}
	disk, source := gitfs.New(tree, nil), params.Source
	r.give(disk, &params.Remotes)
	switch {
	case change.Path != "":
		disk.AddFile(change.Path, change.Content)
	case change.Content != nil:
		if err := json.Unmarshal(change.Content, &source); err != nil {
			return nil, nil, err
		}
	}
	if change.Chance {
		defer helm.Elsewhen()()
	}
	items, err := source.render(disk, false)
	if err != nil {
		return nil, nil, err
	}
	nodes := make([]*yaml.RNode, 0, len(items))
	for _, item := range items {
		nodes = append(nodes, item.Node)
	}
	return disk, nodes, nil
}
