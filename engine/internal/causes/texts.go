package causes

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"regexp"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"hydrant/engine/internal/redact"
)

// text is a scalar of the input of which a Secret's value may be made.
type text struct {
	candidate
	// field has the names on the way to it.
	field []string
}

// mostBytes is the size of a file that is still looked into.
const mostBytes = 1 << 20

var secretName = regexp.MustCompile(`(?i)passw|passphrase|pwd|secret|token|credential|private.?key|api.?key|access.?key|auth`)

// isNamedSecret tells by the last names on the way.
func (t *text) isNamedSecret() bool {
	return secretName.MatchString(strings.Join(t.field, "."))
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
			// The least change to the text.
			change := func() (Change, bool) {
				content, err := replaced(documents, node, other(node.Value))
				return Change{Path: path, Content: content}, err == nil
			}
			found = append(found, &text{candidate: candidate{path: path, line: node.Line, value: node.Value, change: change}, field: field})
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
