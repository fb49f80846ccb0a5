// Package causes finds out where the values of rendered Secrets come from, by rendering
// again with other random numbers, and with a text changed that may be the cause.
package causes

import (
	"slices"
	"strings"

	"hydrant/engine/internal/redact"
)

// Render renders with changes; it gives the values of Secrets, or false where the changed
// input does not render.
type Render func(changed Change) ([]redact.SecretValue, bool)

// Change is what is different from the commit. The zero value changes nothing.
type Change struct {
	// Chance is true for other random numbers, at another time.
	Chance bool
	// Path is the file with another content; empty for the target's source.
	Path    string
	Content []byte
}

// Input are the texts that a rendering is made of.
type Input struct {
	// Files that were read, by path.
	Files map[string][]byte
	// Source is the JSON of the target's source.
	Source []byte
}

// Cause is a text that makes a Secret's value, by its place.
type Cause struct {
	// Value is the digest of the Secret's value.
	Value string `json:"value"`
	// Path is the file that has it; empty for the target's source.
	Path string `json:"path"`
	// Line is that of the file, from 1; 0 in a source.
	Line int `json:"line"`
	// Field has the names on the way to the text.
	Field []string `json:"field"`
	// Text is the digest of the text itself.
	Text string `json:"text"`
}

// Found is what is known of the values that were asked about; the others come from
// elsewhere.
type Found struct {
	// Random are digests of values that are others in each rendering.
	Random []string `json:"random"`
	Causes []Cause  `json:"causes"`
}

// mostRenders bounds the tries for one target.
const mostRenders = 48

// Of finds the causes of the values with the given digests.
func Of(wanted []string, input Input, redaction redact.Redaction, render Render) Found {
	found := Found{Random: []string{}, Causes: []Cause{}}
	first, ok := render(Change{})
	if !ok {
		return found
	}
	search := &search{input: input, redaction: redaction, render: render, first: first, renders: mostRenders}
	asked := []redact.SecretValue{}
	random := search.random()
	for _, value := range first {
		switch {
		case !slices.Contains(wanted, value.Digest):
		case random[value.At]:
			found.Random = append(found.Random, value.Digest)
		default:
			asked = append(asked, value)
		}
	}
	candidates := search.candidates()
	for _, value := range asked {
		found.Causes = append(found.Causes, search.causes(value, candidates)...)
	}
	return found
}

type search struct {
	input     Input
	redaction redact.Redaction
	render    Render
	first     []redact.SecretValue
	renders   int
	// tried are the values that changed with a candidate, by their places.
	tried map[*text]map[string]bool
}

// random are the places of values that change by themselves.
func (s *search) random() map[string]bool {
	return s.differing(Change{Chance: true})
}

// differing are the places of values that a change makes others. A rendering with more or
// fewer Secrets says nothing.
func (s *search) differing(change Change) map[string]bool {
	differing := map[string]bool{}
	again, ok := s.render(change)
	if !ok {
		return differing
	}
	now := map[string]string{}
	for _, value := range again {
		now[value.At] = value.Content
	}
	for _, value := range s.first {
		if content, ok := now[value.At]; ok && content != value.Content {
			differing[value.At] = true
		}
	}
	return differing
}

// causes are the texts of which a value is made: those that are named like a secret, or else
// the longest one.
func (s *search) causes(value redact.SecretValue, candidates []*text) []Cause {
	var proven []*text
	for _, one := range candidates {
		if one.mayMake(value.Content) && s.makes(one)[value.At] {
			proven = append(proven, one)
		}
	}
	if len(proven) == 0 {
		return nil
	}
	named := slices.DeleteFunc(slices.Clone(proven), func(one *text) bool { return !one.isNamedSecret() })
	if len(named) == 0 {
		slices.SortStableFunc(proven, func(a, b *text) int { return len(b.value) - len(a.value) })
		named = proven[:1]
	}
	causes := make([]Cause, 0, len(named))
	for _, one := range named {
		causes = append(causes, Cause{
			Value: value.Digest, Path: one.path, Line: one.line, Field: one.field,
			Text: s.redaction.Digest(one.value),
		})
	}
	return causes
}

// makes renders once with the text changed.
func (s *search) makes(one *text) map[string]bool {
	if known, ok := s.tried[one]; ok {
		return known
	}
	if s.tried == nil {
		s.tried = map[*text]map[string]bool{}
	}
	s.tried[one] = nil
	if s.renders == 0 {
		return nil
	}
	s.renders--
	if content, ok := one.changed(); ok {
		s.tried[one] = s.differing(Change{Path: one.path, Content: content})
	}
	return s.tried[one]
}

// candidates are the texts of all files and of the source.
func (s *search) candidates() []*text {
	var all []*text
	paths := make([]string, 0, len(s.input.Files))
	for path := range s.input.Files {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	for _, path := range paths {
		all = append(all, textsOfFile(path, s.input.Files[path])...)
	}
	return append(all, textsOfSource(s.input.Source)...)
}

// shortest is the length from which a part of a value is looked for.
const shortest = 6

// mayMake tells whether a value can be made of the text, by what it contains.
func (t *text) mayMake(content string) bool {
	value := strings.TrimSpace(t.value)
	switch {
	case value == "":
		return false
	case value == strings.TrimSpace(content), redact.ContentOf(value) == content:
		return true
	case strings.Contains(value, "{{"):
		// A template in the values.
		return true
	}
	return len(value) >= shortest && strings.Contains(content, value)
}
