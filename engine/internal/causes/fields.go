package causes

import (
	"encoding/json"
	"maps"
	"slices"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// FieldCause is the value that a field follows, by its place.
type FieldCause struct {
	// Path is the file that has it; empty for a layer of the source.
	Path string `json:"path"`
	// Layer is its number among all layers of values of the source, from 0; a combined source's
	// count on. 0 for a file.
	Layer int `json:"layer"`
	// Steps are the fields and list indices on the way to the value.
	Steps []any `json:"steps"`
	// Line is that of the file or of the layer's text, from 1.
	Line int `json:"line"`
}

// mostForField bounds the tries for one field.
const mostForField = 12

// asked is a field with the values that it may follow, the likeliest first.
type asked struct {
	Field
	// item is the resource's place in its List, or 0.
	item   int
	likely []*match
	// parts are those that make a part of its text.
	parts  []*match
	cause  *match
	isDone bool
}

// fieldSearch looks for the values that fields of rendered resources follow.
type fieldSearch struct {
	fields []Field
	// asked are equal for equal fields, in a fixed order.
	byKey  map[string]*asked
	sorted []*asked
	// tries tell of each field whether it followed.
	tries *tries[map[*asked]bool]
}

func newFieldSearch(fields []Field, input Input, rendering Rendering) *fieldSearch {
	s := &fieldSearch{fields: fields, byKey: map[string]*asked{}}
	rendering.Redaction.Resources(rendering.First)
	probes := probesOf(input)
	for _, field := range fields {
		s.byKey[keyOf(field)] = askedOf(field, probes, rendering.First)
	}
	for _, key := range slices.Sorted(maps.Keys(s.byKey)) {
		s.sorted = append(s.sorted, s.byKey[key])
	}
	s.tries = newTries(rendering, func(changed *candidate, resources []*yaml.RNode) map[*asked]bool {
		rendering.Redaction.Resources(resources)
		return s.following(changed, resources)
	})
	return s
}

func keyOf(field Field) string {
	key, _ := json.Marshal(field)
	return string(key)
}

func askedOf(field Field, probes []*probe, first []*yaml.RNode) *asked {
	objects := objectsAt(first, field.Index)
	one := &asked{Field: field, item: indexOf(objects, field.Kind, field.Name)}
	if one.item < 0 {
		return one
	}
	for _, probe := range probes {
		if found := matching(probe, field, objects[one.item]); found != nil {
			one.likely = append(one.likely, found)
		}
	}
	slices.SortStableFunc(one.likely, func(a, b *match) int { return distance(a, field) - distance(b, field) })
	one.likely = one.likely[:min(mostForField, len(one.likely))]
	return one
}

// causes are the values that the fields follow, in the order of the fields; nil where none is
// known. The likeliest value of each field is tried first, then the second of each, so that no
// field takes all of the tries.
func (s *fieldSearch) causes() []*FieldCause {
	for rank := range mostForField {
		for _, one := range s.sorted {
			if rank < len(one.likely) && !one.isDone {
				s.try(one, one.likely[rank])
			}
		}
	}
	causes := make([]*FieldCause, 0, len(s.fields))
	for _, field := range s.fields {
		causes = append(causes, s.byKey[keyOf(field)].chosen())
	}
	return causes
}

func (s *fieldSearch) try(one *asked, with *match) {
	switch {
	case !s.tries.of(&with.candidate)[one]:
	case with.isWhole:
		one.cause, one.isDone = with, true
	default:
		one.parts = append(one.parts, with)
	}
}

// following are the fields that followed the change of a candidate.
func (s *fieldSearch) following(changed *candidate, resources []*yaml.RNode) map[*asked]bool {
	known := map[int][]map[string]any{}
	following := map[*asked]bool{}
	for _, one := range s.sorted {
		at := slices.IndexFunc(one.likely, func(likely *match) bool { return &likely.candidate == changed })
		if at < 0 {
			continue
		}
		objects, ok := known[one.Index]
		if !ok {
			objects = objectsAt(resources, one.Index)
			known[one.Index] = objects
		}
		if one.item < len(objects) && objects[one.item]["kind"] == one.Kind {
			following[one] = one.likely[at].follows(objects[one.item])
		}
	}
	return following
}

// chosen is the cause: what is all of the field, or else the one part of its text. Of an image's
// parts the last one, its tag or digest, is what such fields are about.
func (a *asked) chosen() *FieldCause {
	cause := a.cause
	if cause == nil && len(a.parts) > 0 {
		last := a.Path[len(a.Path)-1]
		if len(a.parts) > 1 && last != "image" {
			return nil
		}
		cause = slices.MaxFunc(a.parts, func(one, other *match) int { return one.at - other.at })
	}
	if cause == nil {
		return nil
	}
	return &FieldCause{Path: cause.path, Layer: cause.layer, Steps: cause.steps, Line: cause.line}
}
