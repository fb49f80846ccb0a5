package causes

import (
	"slices"
	"strings"
)

// Field is a field of a rendered resource that is asked about.
type Field struct {
	// Index is the resource's place in the rendering.
	Index int `json:"index"`
	// Kind and Name tell it from others of the same List.
	Kind string `json:"kind"`
	Name string `json:"name"`
	Path []any  `json:"fieldPath"`
	// Missing are fields below it that should be there.
	Missing [][]any `json:"missing"`
}

// match is how a field may follow a probe.
type match struct {
	*probe
	// isWhole is true where the value may be all of the field, false where it is a part of its
	// text, which begins at `at`.
	isWhole bool
	at      int
	// follows tells by the resource of a changed rendering whether it did.
	follows func(manifest map[string]any) bool
}

// matching is how the field of a manifest may follow the probe; nil where it cannot.
func matching(one *probe, field Field, manifest map[string]any) *match {
	if one.isNothing {
		return matchingEntry(one, field, manifest)
	}
	switch rendered := valueAt(manifest, field.Path).(type) {
	case string:
		return matchingText(one, field, rendered)
	case float64:
		if isNumberOf(one.value, one.isPlain, rendered) {
			return &match{probe: one, isWhole: true, follows: func(after map[string]any) bool {
				return valueAt(after, field.Path) == rendered+1
			}}
		}
	case bool:
		if isTruthOf(one.value, one.isPlain, rendered) {
			return &match{probe: one, isWhole: true, follows: func(after map[string]any) bool {
				now := valueAt(after, field.Path)
				// `with` and `if` leave out what is false.
				isGone := rendered && now == missing{} && len(field.Path) > 0 && one.steps[len(one.steps)-1] == field.Path[len(field.Path)-1]
				return now == !rendered || isGone
			}}
		}
	}
	return nil
}

// matchingEntry is for an empty mapping of the name of what is missing: an entry that it gets
// has to appear there.
func matchingEntry(one *probe, field Field, manifest map[string]any) *match {
	var places [][]any
	for _, path := range append([][]any{field.Path}, field.Missing...) {
		depth := lastIndex(path, one.name()) + 1
		if place := path[:depth]; depth > 0 && isEmpty(valueAt(manifest, place)) {
			places = append(places, place)
		}
	}
	if len(places) == 0 {
		return nil
	}
	return &match{probe: one, isWhole: true, follows: func(after map[string]any) bool {
		return slices.ContainsFunc(places, func(place []any) bool {
			return valueAt(after, append(place[:len(place):len(place)], mark)) == "x"
		})
	}}
}

func lastIndex(path []any, name string) int {
	for i := len(path) - 1; i >= 0; i-- {
		if path[i] == name {
			return i
		}
	}
	return -1
}

func matchingText(one *probe, field Field, rendered string) *match {
	at := strings.LastIndex(rendered, one.value)
	if at < 0 || isHidden(rendered) {
		return nil
	}
	return &match{probe: one, isWhole: one.value == rendered, at: at, follows: func(after map[string]any) bool {
		now, ok := valueAt(after, field.Path).(string)
		return ok && now != rendered && strings.ReplaceAll(now, one.instead, one.value) == rendered
	}}
}
