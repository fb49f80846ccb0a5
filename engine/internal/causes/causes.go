// Package causes finds the texts of a target's input that make what is rendered: it renders
// again with one text changed, and sees what follows. For values of Secrets it also renders
// with other random numbers.
package causes

import (
	"encoding/json"
	"maps"
	"slices"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"hydrant/engine/internal/redact"
)

// Rendering is what a target renders to, at first and with changes.
type Rendering struct {
	First     []*yaml.RNode
	Redaction redact.Redaction
	// Again renders the input with a change. It is false where that does not render.
	Again func(change Change) ([]*yaml.RNode, bool)
}

// Change is what is different from the commit. The zero value changes nothing.
type Change struct {
	// OtherRandom is true for other random numbers, at another time.
	OtherRandom bool
	// Path is the file with another content; empty for none.
	Path    string
	Content []byte
	// Source is another JSON of the target's source; nil for its own.
	Source []byte
}

// Input are the texts that a rendering is made of.
type Input struct {
	// Files that were read, by path.
	Files map[string][]byte
	// Source is the JSON of the target's source.
	Source []byte
}

// Question says what the causes are wanted of.
type Question struct {
	// Values are digests of values of Secrets.
	Values []string `json:"values"`
	// Fields are those of rendered resources that a chart may have made of a value.
	Fields []Field `json:"fields"`
	// Tries are inputs of which it is asked whether they render.
	Tries []Try `json:"tries"`
}

// Try is an input with one text changed: a file's, or the source's.
type Try struct {
	// Path is the file with another text; empty for none.
	Path string `json:"path,omitempty"`
	Text string `json:"text,omitempty"`
	// Source is another source; nil for the target's own.
	Source json.RawMessage `json:"source,omitempty"`
}

// Found is what is known of what was asked about.
type Found struct {
	// Random are digests of values that are others in each rendering.
	Random []string `json:"random"`
	// Causes are texts that make values of Secrets; other values come from elsewhere.
	Causes []Cause `json:"causes"`
	// Fields has the value that each field follows, in the order of the question; nil where
	// none is known.
	Fields []*FieldCause `json:"fields"`
	// Renders tells of each try whether it renders, in their order.
	Renders []bool `json:"renders"`
	// Sealed are the texts of the causes.
	Sealed string `json:"sealed,omitempty"`
}

// None is what is found where nothing renders.
func None(question Question) Found {
	return Found{
		Random:  []string{},
		Causes:  []Cause{},
		Fields:  make([]*FieldCause, len(question.Fields)),
		Renders: make([]bool, len(question.Tries)),
	}
}

// Of finds the causes of what is asked about. The same question has the same answer, whatever
// was asked before.
func Of(question Question, input Input, rendering Rendering) Found {
	found := None(question)
	if len(question.Values) > 0 {
		search := newValueSearch(input, rendering)
		found.Random, found.Causes = search.of(question.Values)
		found.Sealed = rendering.Redaction.Seal(search.texts)
	}
	if len(question.Fields) > 0 {
		found.Fields = newFieldSearch(question.Fields, input, rendering).causes()
	}
	for i, try := range question.Tries {
		if i < mostRenders {
			_, found.Renders[i] = rendering.Again(Change{Path: try.Path, Content: []byte(try.Text), Source: try.Source})
		}
	}
	return found
}

// paths are those of the files, in order.
func (i Input) paths() []string { return slices.Sorted(maps.Keys(i.Files)) }
