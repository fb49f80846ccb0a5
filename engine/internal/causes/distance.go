package causes

import "strings"

// distance orders what a field may follow: values that are called like the field come first.
func distance(one *match, field Field) int {
	distance := 2 * unlike(lastName(one.steps), namesOf(field))
	if !one.isWhole {
		distance++
	}
	return distance
}

func unlike(own string, names []string) int {
	last := ""
	if len(names) > 0 {
		last = names[len(names)-1]
	}
	switch {
	case own == last:
		return 0
	case own != "" && (strings.Contains(own, last) || strings.Contains(last, own)):
		return 1
	}
	for _, name := range names {
		if name == own {
			return 2
		}
	}
	return 3
}

// namesOf are the names on the way to a field, then those to what is missing, in lower case.
func namesOf(field Field) []string {
	var names []string
	for _, path := range append([][]any{field.Path}, field.Missing...) {
		for _, step := range path {
			if name, ok := step.(string); ok {
				names = append(names, strings.ToLower(name))
			}
		}
	}
	return names
}

func lastName(steps []any) string {
	for i := len(steps) - 1; i >= 0; i-- {
		if name, ok := steps[i].(string); ok {
			return strings.ToLower(name)
		}
	}
	return ""
}
