package causes

import (
	"encoding/json"
	"strings"
)

// layer is one of a source's layers of values that is no file.
type layer struct {
	// at is its place among all layers of the source, from 0; a combined source's count on.
	at int
	// text is the layer as YAML.
	text   string
	isJSON bool
	// with is the layer with another text.
	with func(text string) map[string]any
}

// source has what is looked at of a source; src/model/renderSource.ts has the words.
type source struct {
	Tool    string            `json:"tool"`
	Sources []json.RawMessage `json:"sources"`
	Values  []layerFields     `json:"values"`
}

type layerFields struct {
	Inline      json.RawMessage `json:"inline"`
	Text        *string         `json:"text"`
	Set         *string         `json:"set"`
	ForceString bool            `json:"forceString"`
	At          map[string]any  `json:"at"`
}

// layersOf are the layers of a source that have their values in it.
func layersOf(own json.RawMessage) []layer {
	layers, _ := layersFrom(own, 0)
	return layers
}

// layersFrom counts the layers from a number on, and gives the next number.
func layersFrom(own json.RawMessage, first int) (layers []layer, next int) {
	var from source
	if json.Unmarshal(own, &from) != nil {
		return nil, first
	}
	switch from.Tool {
	case "combined":
		for _, one := range from.Sources {
			var below []layer
			below, first = layersFrom(one, first)
			layers = append(layers, below...)
		}
	case "helm":
		for _, fields := range from.Values {
			if text, with := fields.read(); with != nil {
				layers = append(layers, layer{at: first, text: text, isJSON: fields.Inline != nil, with: with})
			}
			first++
		}
	}
	return layers, first
}

// read gives the layer as YAML, and what makes a layer of other YAML; nil for a file.
func (l layerFields) read() (text string, with func(string) map[string]any) {
	asText := func(changed string) map[string]any { return map[string]any{"text": changed} }
	switch {
	case l.Inline != nil:
		// JSON is YAML, and is read as such.
		return string(l.Inline), asText
	case l.Text != nil:
		return *l.Text, asText
	case l.Set != nil:
		name, value, _ := strings.Cut(*l.Set, "=")
		return single(value), func(changed string) map[string]any {
			return map[string]any{"set": name + "=" + valueOf(changed), "forceString": l.ForceString}
		}
	case l.At != nil:
		value, _ := l.At["value"].(string)
		return single(value), func(changed string) map[string]any {
			at := map[string]any{"path": l.At["path"], "literal": l.At["literal"], "value": valueOf(changed)}
			return map[string]any{"at": at}
		}
	}
	return "", nil
}

// single has one value as YAML; valueOf takes it out again.
func single(value string) string { return "- " + value + "\n" }

func valueOf(text string) string { return strings.TrimSuffix(strings.TrimPrefix(text, "- "), "\n") }

// withLayers is the source with other layers, by their numbers. Charts do not hold the values
// to their schemas: one of another kind is no mistake here.
func withLayers(own json.RawMessage, others map[int]map[string]any) (json.RawMessage, error) {
	changed, _, err := withLayersFrom(own, others, 0)
	return changed, err
}

func withLayersFrom(own json.RawMessage, others map[int]map[string]any, first int) (json.RawMessage, int, error) {
	var fields map[string]any
	if err := json.Unmarshal(own, &fields); err != nil {
		return nil, first, err
	}
	var parts source
	var values struct {
		Values []json.RawMessage `json:"values"`
	}
	for _, into := range []any{&parts, &values} {
		if err := json.Unmarshal(own, into); err != nil {
			return nil, first, err
		}
	}
	switch parts.Tool {
	case "combined":
		for i, one := range parts.Sources {
			var err error
			if parts.Sources[i], first, err = withLayersFrom(one, others, first); err != nil {
				return nil, first, err
			}
		}
		fields["sources"] = parts.Sources
	case "helm":
		layers := []any{}
		for _, one := range values.Values {
			if other, ok := others[first]; ok {
				layers = append(layers, other)
			} else {
				layers = append(layers, one)
			}
			first++
		}
		fields["values"], fields["skipSchemaValidation"] = layers, true
	}
	changed, err := json.Marshal(fields)
	return changed, first, err
}
