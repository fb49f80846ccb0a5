package causes

import "sigs.k8s.io/kustomize/kyaml/yaml"

// mostRenders bounds the tries for one target.
const mostRenders = 48

// candidate is a text of the input that may be a cause.
type candidate struct {
	// path is the file's; empty in the source.
	path  string
	line  int
	value string
	// change is the input with another text; false where there is none that makes sense.
	change func() (Change, bool)
}

// tries renders with one candidate changed at a time, with each once at most. What is seen of
// a rendering is kept, and the rendering is not.
type tries[Seen any] struct {
	Rendering
	see func(changed *candidate, resources []*yaml.RNode) Seen
	// left are the renderings that may still be made.
	left int
	seen map[*candidate]Seen
}

func newTries[Seen any](rendering Rendering, see func(*candidate, []*yaml.RNode) Seen) *tries[Seen] {
	return &tries[Seen]{Rendering: rendering, see: see, left: mostRenders, seen: map[*candidate]Seen{}}
}

// of is what is seen with the candidate changed; the zero value where that does not render,
// or where too many were tried before.
func (t *tries[Seen]) of(one *candidate) Seen {
	if known, ok := t.seen[one]; ok {
		return known
	}
	var seen Seen
	if change, ok := one.change(); ok && t.left > 0 {
		t.left--
		if resources, ok := t.Again(change); ok {
			seen = t.see(one, resources)
		}
	}
	t.seen[one] = seen
	return seen
}
