package causes

import (
	"encoding/json"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
	kubernetes "sigs.k8s.io/yaml"

	"hydrant/engine/internal/redact"
	"hydrant/engine/internal/rendering"
)

// objectsAt are the objects of a rendered resource as the client reads them: those inside of a
// List, or the resource itself.
func objectsAt(resources []*yaml.RNode, index int) []map[string]any {
	if index < 0 || index >= len(resources) {
		return nil
	}
	text, err := rendering.Item{Node: resources[index]}.YAML()
	if err != nil {
		return nil
	}
	// The API server's own reading of YAML, as for what is rendered.
	object, err := kubernetes.YAMLToJSON(text)
	if err != nil {
		return nil
	}
	var manifest any
	if json.Unmarshal(object, &manifest) != nil {
		return nil
	}
	return opened(manifest)
}

func opened(value any) []map[string]any {
	object, ok := value.(map[string]any)
	if !ok {
		return nil
	}
	kind, _ := object["kind"].(string)
	items, isList := object["items"].([]any)
	if !isList || !strings.HasSuffix(kind, "List") {
		return []map[string]any{object}
	}
	var all []map[string]any
	for _, item := range items {
		all = append(all, opened(item)...)
	}
	return all
}

// indexOf is the place of the first object of a kind and name; -1 for none.
func indexOf(objects []map[string]any, kind, name string) int {
	return slices.IndexFunc(objects, func(object map[string]any) bool {
		return object["kind"] == kind && nameOf(object) == name
	})
}

func nameOf(object map[string]any) string {
	for _, field := range []string{"name", "generateName"} {
		if name, ok := valueAt(object, []any{"metadata", field}).(string); ok {
			return name
		}
	}
	return ""
}

// missing is what valueAt gives where a path leads nowhere.
type missing struct{}

// valueAt is the value at a path of names and indices. Numbers are float64, as JSON has them.
func valueAt(value any, path []any) any {
	for _, step := range path {
		switch step := step.(type) {
		case string:
			object, _ := value.(map[string]any)
			inner, ok := object[step]
			if !ok {
				return missing{}
			}
			value = inner
		case float64:
			list, _ := value.([]any)
			if step < 0 || int(step) >= len(list) {
				return missing{}
			}
			value = list[int(step)]
		default:
			return missing{}
		}
	}
	return value
}

// isEmpty tells of a value whether nothing is there.
func isEmpty(value any) bool {
	switch value := value.(type) {
	case missing, nil:
		return true
	case map[string]any:
		return len(value) == 0
	}
	return false
}

// isHidden tells of a text that it stands for a Secret's value.
func isHidden(text string) bool { return strings.Contains(text, redact.Prefix) }
