package causes

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"hydrant/engine/internal/redact"
)

// text is a scalar of the input, with what gives the input with another one in its place.
type text struct {
	// path is the file's; empty in the source.
	path  string
	line  int
	field []string
	value string
	// with gives the whole file or source with the text replaced.
	with func(value string) ([]byte, error)
}

// mostBytes is the size of a file that is still looked into.
const mostBytes = 1 << 20

var secretName = regexp.MustCompile(`(?i)passw|passphrase|pwd|secret|token|credential|private.?key|api.?key|access.?key|auth`)

// isNamedSecret tells by the last names on the way.
func (t *text) isNamedSecret() bool {
	return secretName.MatchString(strings.Join(t.field, "."))
}

// changed is the input with the least change to the text.
func (t *text) changed() ([]byte, bool) {
	content, err := t.with(other(t.value))
	return content, err == nil
}

// other is a text of the same shape: the last letter or digit is another one. Inside of
// base64 it is changed there.
func other(value string) string {
	switch value {
	case "true":
		return "false"
	case "false":
		return "true"
	}
	if inside := redact.ContentOf(value); inside != value {
		return base64.StdEncoding.EncodeToString([]byte(otherEnd(inside)))
	}
	return otherEnd(value)
}

func otherEnd(value string) string {
	letters := []byte(value)
	for i := len(letters) - 1; i >= 0; i-- {
		switch c := letters[i]; {
		case c >= 'a' && c < 'z', c >= 'A' && c < 'Z', c >= '0' && c < '9':
			letters[i]++
		case c == 'z', c == 'Z', c == '9':
			letters[i]--
		default:
			continue
		}
		return string(letters)
	}
	return value + "x"
}

// textsOfFile are the scalars of a file's YAML documents, keys and aliases apart. What is no
// YAML has none.
func textsOfFile(path string, content []byte) []*text {
	if len(content) > mostBytes {
		return nil
	}
	documents, err := documentsOf(content)
	if err != nil {
		return nil
	}
	var found []*text
	for _, document := range documents {
		scalars(document, nil, func(node *yaml.Node, field []string) {
			found = append(found, &text{
				path: path, line: node.Line, field: field, value: node.Value,
				with: func(value string) ([]byte, error) { return replaced(documents, node, value) },
			})
		})
	}
	return found
}

func documentsOf(content []byte) ([]*yaml.Node, error) {
	decoder := yaml.NewDecoder(bytes.NewReader(content))
	var documents []*yaml.Node
	for {
		var document yaml.Node
		err := decoder.Decode(&document)
		if errors.Is(err, io.EOF) {
			return documents, nil
		}
		if err != nil {
			return nil, err
		}
		documents = append(documents, &document)
	}
}

func scalars(node *yaml.Node, field []string, visit func(node *yaml.Node, field []string)) {
	switch node.Kind {
	case yaml.ScalarNode:
		if node.Tag != yaml.NodeTagNull {
			visit(node, field)
		}
	case yaml.MappingNode:
		for i := 0; i+1 < len(node.Content); i += 2 {
			scalars(node.Content[i+1], append(field[:len(field):len(field)], node.Content[i].Value), visit)
		}
	case yaml.DocumentNode, yaml.SequenceNode:
		for _, item := range node.Content {
			scalars(item, field, visit)
		}
	}
}

// replaced writes the documents with another text in a scalar's place.
func replaced(documents []*yaml.Node, node *yaml.Node, value string) ([]byte, error) {
	before := node.Value
	node.Value = value
	defer func() { node.Value = before }()
	var out bytes.Buffer
	encoder := yaml.NewEncoder(&out)
	for _, document := range documents {
		if err := encoder.Encode(document); err != nil {
			return nil, err
		}
	}
	return out.Bytes(), encoder.Close()
}

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
		w.found = append(w.found, &text{field: names, value: part, with: func(changed string) ([]byte, error) {
			written, err := whole(changed)
			if err != nil {
				return nil, err
			}
			put(written)
			defer put(value)
			return json.Marshal(w.root)
		}})
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
