package tame

import (
	"maps"
	"slices"
)

// Keys and Values go through maps in order; upstream's order is random.
func Keys(mappings ...map[string]any) []string {
	found := []string{}
	for _, mapping := range mappings {
		found = append(found, slices.Sorted(maps.Keys(mapping))...)
	}
	return found
}

// Values are those of one map.
func Values(mapping map[string]any) []any {
	found := []any{}
	for _, key := range slices.Sorted(maps.Keys(mapping)) {
		found = append(found, mapping[key])
	}
	return found
}
