package helm

import (
	"strconv"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"hydrant/engine/internal/rendering"
)

// findLines tells for each document which lines of the chart's templates give its fields.
// The chart is rendered once more, with a mark at the end of the templates' lines; what the
// marks change of a document is left out.
func (r *run) findLines(documents []document) {
	again := newRun(r.commit, r.source)
	again.noBuild = r.noBuild
	again.marks = &marks{}
	marked, err := again.render()
	if err != nil || len(marked) != len(documents) {
		return
	}
	for i, one := range documents {
		if one.at == marked[i].at {
			documents[i].lines = again.marks.linesOf(one.text, marked[i].text)
		}
	}
}

func (m *marks) linesOf(plain, marked string) []rendering.Line {
	one, err := yaml.Parse(plain)
	if err != nil {
		return nil
	}
	other, err := yaml.Parse(marked)
	if err != nil {
		return nil
	}
	if _, kind := field(one.YNode(), "kind"); kind == nil || strings.EqualFold(kind.Value, "Secret") {
		// The names of a Secret's fields may be hidden.
		return nil
	}
	found := fields{marks: m, text: strings.Split(marked, "\n")}
	found.collect(one.YNode(), other.YNode(), "")
	return found.lines
}

// fields collects the lines of a document's fields.
type fields struct {
	marks *marks
	// text is the marked document.
	text  []string
	lines []rendering.Line
}

func (f *fields) collect(plain, marked *yaml.Node, at string) {
	if plain.Kind != marked.Kind || len(plain.Content) != len(marked.Content) {
		return
	}
	switch plain.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(plain.Content); i += 2 {
			key, value := marked.Content[i], marked.Content[i+1]
			if unmarked(key.Value) == plain.Content[i].Value && isAlike(plain.Content[i+1], value) {
				below := at + "/" + escaped(plain.Content[i].Value)
				f.note(below, key.Line)
				f.collect(plain.Content[i+1], value, below)
			}
		}
	case yaml.SequenceNode:
		for i, item := range marked.Content {
			if isAlike(plain.Content[i], item) {
				below := at + "/" + strconv.Itoa(i)
				f.note(below, item.Line)
				f.collect(plain.Content[i], item, below)
			}
		}
	}
}

func (f *fields) note(field string, line int) {
	if one, ok := f.marks.producing(f.text, line); ok {
		f.lines = append(f.lines, rendering.Line{Field: field, Path: one.path, Line: one.line})
	}
}

// isAlike tells whether a value is the same without its marks.
func isAlike(plain, marked *yaml.Node) bool {
	return plain.Kind == marked.Kind && plain.Tag == marked.Tag && plain.Value == unmarked(marked.Value)
}

// escaped is a step of a JSON pointer.
func escaped(step string) string {
	return strings.ReplaceAll(strings.ReplaceAll(step, "~", "~0"), "/", "~1")
}
