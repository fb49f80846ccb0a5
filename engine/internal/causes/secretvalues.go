package causes

import (
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"hydrant/engine/internal/redact"
)

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

// valueSearch looks for the causes of values of Secrets.
type valueSearch struct {
	Rendering
	input Input
	first []redact.SecretValue
	// texts are those of the causes that were found.
	texts []string
	// tries tell the places of values that a change makes others.
	tries *tries[map[string]bool]
}

func newValueSearch(input Input, rendering Rendering) *valueSearch {
	s := &valueSearch{Rendering: rendering, input: input, first: rendering.Redaction.SecretValues(rendering.First)}
	s.tries = newTries(rendering, func(_ *candidate, resources []*yaml.RNode) map[string]bool { return s.differing(resources) })
	return s
}

// of tells which of the values with the digests are random, and the causes of the others.
func (s *valueSearch) of(wanted []string) (random []string, causes []Cause) {
	random, causes = []string{}, []Cause{}
	var atRandom map[string]bool
	if again, ok := s.Again(Change{OtherRandom: true}); ok {
		atRandom = s.differing(again)
	}
	candidates := s.candidates()
	for _, value := range s.first {
		switch {
		case !slices.Contains(wanted, value.Digest):
		case atRandom[value.At]:
			random = append(random, value.Digest)
		default:
			causes = append(causes, s.causes(value, candidates)...)
		}
	}
	return random, causes
}

// differing are the places of values that are others than at first. A rendering with more or
// fewer Secrets says nothing.
func (s *valueSearch) differing(resources []*yaml.RNode) map[string]bool {
	now := map[string]string{}
	for _, value := range s.Redaction.SecretValues(resources) {
		now[value.At] = value.Content
	}
	differing := map[string]bool{}
	for _, value := range s.first {
		if content, ok := now[value.At]; ok && content != value.Content {
			differing[value.At] = true
		}
	}
	return differing
}

// causes are the texts of which a value is made: those that are named like a secret, or else
// the longest one.
func (s *valueSearch) causes(value redact.SecretValue, candidates []*text) []Cause {
	var proven []*text
	for _, one := range candidates {
		if one.mayMake(value.Content) && s.tries.of(&one.candidate)[value.At] {
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
		s.texts = append(s.texts, one.value)
		causes = append(causes, Cause{
			Value: value.Digest, Path: one.path, Line: one.line, Field: one.field,
			Text: s.Redaction.Digest(one.value),
		})
	}
	return causes
}

// candidates are the texts of all files and of the source.
func (s *valueSearch) candidates() []*text {
	var all []*text
	for _, path := range s.input.paths() {
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
