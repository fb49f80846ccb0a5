package render

import (
	"encoding/json"
	"errors"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"hydrant/engine/internal/causes"
	"hydrant/engine/internal/gitfs"
	"hydrant/engine/internal/redact"
	"hydrant/engine/internal/remote"
	"hydrant/engine/internal/tame"
)

// CausesParams asks which texts of a target's input make what is rendered of it.
type CausesParams struct {
	GitDir    string           `json:"gitDir"`
	Commit    string           `json:"commit"`
	Source    Source           `json:"source"`
	Redaction redact.Redaction `json:"redaction"`
	// Remotes are what was fetched of other places.
	Remotes remote.Inputs `json:"remotes,omitempty"`
	// Values are the digests of the Secrets' values that are asked about.
	Values []string `json:"values,omitempty"`
	// Fields are those of other resources.
	Fields []causes.Field `json:"fields,omitempty"`
	// Tries are inputs with one text changed, of which it is asked whether they render.
	Tries []causes.Try `json:"tries,omitempty"`
}

// Causes tells what it finds; of what does not render it finds nothing.
func (r *Renderer) Causes(params CausesParams) causes.Found {
	question := causes.Question{Values: params.Values, Fields: params.Fields, Tries: params.Tries}
	disk, first, err := r.changed(params, causes.Change{})
	if err != nil {
		return causes.None(question)
	}
	render := func(change causes.Change) ([]*yaml.RNode, bool) {
		_, nodes, err := r.changed(params, change)
		return nodes, err == nil
	}
	input := causes.Input{Source: params.Source.own, Files: read(disk)}
	return causes.Of(question, input, causes.Rendering{First: first, Redaction: params.Redaction, Again: render})
}

// read are the files of the commit that were read, by their paths.
func read(disk *gitfs.FileSystem) map[string][]byte {
	files := map[string][]byte{}
	for name, content := range disk.Contents() {
		if real, ok := disk.Real("/" + name); ok {
			files[real] = content
		}
	}
	return files
}

// changed renders the source with a change.
func (r *Renderer) changed(params CausesParams, change causes.Change) (disk *gitfs.FileSystem, nodes []*yaml.RNode, err error) {
	// A chart may fail in any way on a value that it did not expect.
	defer func() {
		if broken := recover(); broken != nil {
			err = errors.New("the renderer failed")
		}
	}()
	tree, err := r.stores.Tree(params.GitDir, params.Commit)
	if err != nil {
		return nil, nil, err
	}
	disk, source := gitfs.New(tree, nil), params.Source
	r.give(disk, &params.Remotes)
	if change.Path != "" {
		disk.AddFile(change.Path, change.Content)
	}
	if change.Source != nil {
		if err := json.Unmarshal(change.Source, &source); err != nil {
			return nil, nil, err
		}
	}
	if change.OtherRandom {
		defer tame.Elsewhen()()
	}
	items, err := source.render(disk, false)
	if err != nil {
		return nil, nil, err
	}
	for _, item := range items {
		nodes = append(nodes, item.Node)
	}
	return disk, nodes, nil
}
