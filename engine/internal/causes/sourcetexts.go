package causes

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// inSource are the fields of a source that hold what its author wrote into Secrets.
var inSource = map[string]bool{"values": true, "steps": true, "edits": true, "sources": true}

// around are the source's own words for what it holds.
var around = map[string]bool{"inline": true, "set": true, "at": true, "variables": true}

// textsOfSource are the texts of the values, variables and patches of a source.
func textsOfSource(source []byte) []*text {
	var root map[string]any
	if json.Unmarshal(source, &root) != nil {
		return nil
	}
	w := &walk{root: root}
	w.source(root)
	return w.found
}

type walk struct {
	root  any
	found []*text
}

func (w *walk) source(source map[string]any) {
	for _, name := range slices.Sorted(maps.Keys(source)) {
		value := source[name]
		switch {
		case name == "sources":
			list, _ := value.([]any)
			for _, one := range list {
				if below, ok := one.(map[string]any); ok {
					w.source(below)
				}
			}
		case inSource[name]:
			w.value(value, nil, func(other any) { source[name] = other })
		}
	}
}

// value goes through JSON; put puts another value in this one's place.
func (w *walk) value(value any, field []string, put func(any)) {
	switch value := value.(type) {
	case string:
		w.text(value, field, put)
	case []any:
		for i, item := range value {
			w.value(item, field, func(other any) { value[i] = other })
		}
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(value)) {
			below := append(field[:len(field):len(field)], name)
			if around[name] && len(field) == 0 {
				below = nil
			}
			w.value(value[name], below, func(other any) { value[name] = other })
		}
	}
}

// text is a text as it is, what follows its equal sign, and what it has as YAML.
func (w *walk) text(value string, field []string, put func(any)) {
	add := func(part string, names []string, whole func(string) (string, error)) {
		change := func() (Change, bool) {
			written, err := whole(other(part))
			if err != nil {
				return Change{}, false
			}
			put(written)
			defer put(value)
			source, err := json.Marshal(w.root)
			return Change{Source: source}, err == nil
		}
		w.found = append(w.found, &text{candidate: candidate{value: part, change: change}, field: names})
	}
	add(value, field, func(changed string) (string, error) { return changed, nil })
	if name, part, ok := strings.Cut(value, "="); ok {
		add(part, append(field[:len(field):len(field)], strings.Split(name, ".")...), func(changed string) (string, error) { return name + "=" + changed, nil })
	}
	if !strings.Contains(value, ":") {
		return
	}
	documents, err := documentsOf([]byte(value))
	if err != nil {
		return
	}
	for _, document := range documents {
		scalars(document, nil, func(node *yaml.Node, names []string) {
			add(node.Value, names, func(changed string) (string, error) {
				written, err := replaced(documents, node, changed)
				return string(written), err
			})
		})
	}
}
