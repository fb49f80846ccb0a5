package crd

import (
	"strconv"
	"strings"

	structural "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
)

// steps takes a path of the API server's errors apart: spec.list[0].map[a.b]. As names may
// hold dots and brackets, those that the object or the schema has are tried first, the
// longest of them. Indices are float64, as JSON has them.
func steps(path string, object any, schema *structural.Structural) []any {
	found := []any{}
	// A path of nothing is written like that.
	if path == "<nil>" {
		return found
	}
	for path != "" {
		step, rest := next(path, object, schema)
		found = append(found, step)
		object, schema, path = inside(object, step), below(schema, step), rest
	}
	return found
}

func next(path string, object any, schema *structural.Structural) (step any, rest string) {
	if inner, ok := strings.CutPrefix(path, "["); ok {
		text, rest := longest(inner, "]", names(object, schema))
		rest = strings.TrimPrefix(rest, "]")
		if index, err := strconv.Atoi(text); err == nil && !isMap(object) {
			return float64(index), rest
		}
		return text, rest
	}
	return longest(strings.TrimPrefix(path, "."), ".[", names(object, schema))
}

// longest is the longest of the names that the text begins with and that ends there; the
// text to the first end where there is none.
func longest(text, ends string, names []string) (name, rest string) {
	for _, one := range names {
		after, ok := strings.CutPrefix(text, one)
		if ok && len(one) > len(name) && (after == "" || strings.ContainsAny(after[:1], ends)) {
			name = one
		}
	}
	if name == "" {
		name = text
		if end := strings.IndexAny(text, ends); end > 0 {
			name = text[:end]
		}
	}
	return name, text[len(name):]
}

func names(object any, schema *structural.Structural) []string {
	result := []string{}
	if fields, ok := object.(map[string]any); ok {
		for name := range fields {
			result = append(result, name)
		}
	}
	if schema != nil {
		for name := range schema.Properties {
			result = append(result, name)
		}
	}
	return result
}

func isMap(object any) bool {
	_, ok := object.(map[string]any)
	return ok
}

func inside(object any, step any) any {
	switch object := object.(type) {
	case map[string]any:
		if name, ok := step.(string); ok {
			return object[name]
		}
	case []any:
		if index, ok := step.(float64); ok && int(index) < len(object) {
			return object[int(index)]
		}
	}
	return nil
}

func below(schema *structural.Structural, step any) *structural.Structural {
	if schema == nil {
		return nil
	}
	name, ok := step.(string)
	if !ok {
		return schema.Items
	}
	if property, ok := schema.Properties[name]; ok {
		return &property
	}
	if schema.AdditionalProperties != nil {
		return schema.AdditionalProperties.Structural
	}
	return nil
}
