package redact

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"path"
	"regexp"
	"sort"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// shortest is the length from which a value is looked for in messages: shorter ones would
// tear holes into ordinary words.
const shortest = 4

// Upstream errors that print documents, or the beginning of a value.
var quoting = []struct {
	pattern *regexp.Regexp
	instead string
}{
	{regexp.MustCompile(`(?s)node contents:.*`), "node contents: (not shown)"},
	{regexp.MustCompile("(cannot unmarshal !!\\w+) `[^`]*`"), "$1"},
	{regexp.MustCompile(`(?s)(unable to parse SM or JSON patch from )\[.*\]`), "$1(not shown)"},
	{regexp.MustCompile(`(?s)(invalid (?:JSON )?patch: )\{.*\}`), "$1(not shown)"},
}

// Message removes from an upstream error what could be a Secret's value: documents that it
// prints, and every value found in the files that the render read.
func Message(message string, files map[string][]byte) string {
	for _, rule := range quoting {
		message = rule.pattern.ReplaceAllString(message, rule.instead)
	}
	values := valuesIn(files)
	// Longer ones first: a value may contain another.
	sort.Slice(values, func(a, b int) bool { return len(values[a]) > len(values[b]) })
	for _, value := range values {
		message = strings.ReplaceAll(message, value, Text)
	}
	return message
}

func valuesIn(files map[string][]byte) []string {
	found := map[string]bool{}
	add := func(value string) {
		forms := []string{value, base64.StdEncoding.EncodeToString([]byte(value))}
		if decoded, err := base64.StdEncoding.DecodeString(strings.TrimSpace(value)); err == nil {
			forms = append(forms, string(decoded))
		}
		for _, form := range forms {
			for _, line := range strings.Split(form, "\n") {
				if line = strings.TrimSpace(line); len(line) >= shortest {
					found[line] = true
				}
			}
		}
	}
	for name, content := range files {
		collect(name, content, files, add)
	}
	values := make([]string, 0, len(found))
	for value := range found {
		values = append(values, value)
	}
	return values
}

func collect(name string, content []byte, files map[string][]byte, add func(string)) {
	if !bytes.Contains(content, []byte("Secret")) && !bytes.Contains(content, []byte("secretGenerator")) {
		return
	}
	decoder := yaml.NewDecoder(bytes.NewReader(content))
	for {
		var document yaml.Node
		err := decoder.Decode(&document)
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			guess(content, add)
			return
		}
		secretsIn(&document, add)
		generatorsIn(&document, path.Dir(name), files, add)
	}
}

// secretsIn finds Secrets at any depth: in Lists, and in patches that stand in a string.
func secretsIn(node *yaml.Node, add func(string)) {
	if kind := field(node, "kind"); kind != nil && kind.Value == "Secret" {
		scalars(field(node, "data"), add)
		scalars(field(node, "stringData"), add)
		scalars(field(field(field(node, "metadata"), "annotations"), lastApplied), add)
		return
	}
	if node.Kind == yaml.ScalarNode && strings.Contains(node.Value, "\n") {
		var inner yaml.Node
		if yaml.Unmarshal([]byte(node.Value), &inner) == nil && inner.Kind == yaml.DocumentNode {
			secretsIn(&inner, add)
			patchValues(&inner, add)
		}
	}
	for _, child := range node.Content {
		secretsIn(child, add)
	}
}

// patchValues takes the values that a JSON patch puts into a Secret's fields.
func patchValues(node *yaml.Node, add func(string)) {
	if at := field(node, "path"); at != nil && (strings.HasPrefix(at.Value, "/data") || strings.HasPrefix(at.Value, "/stringData")) {
		scalars(field(node, "value"), add)
	}
	for _, child := range node.Content {
		patchValues(child, add)
	}
}

func generatorsIn(document *yaml.Node, folder string, files map[string][]byte, add func(string)) {
	generators := field(document, "secretGenerator")
	if generators == nil {
		return
	}
	for _, generator := range generators.Content {
		literals := field(generator, "literals")
		if literals != nil {
			for _, literal := range literals.Content {
				_, value, _ := strings.Cut(literal.Value, "=")
				add(strings.Trim(value, `"'`))
			}
		}
		for _, list := range []string{"files", "envs"} {
			entries := field(generator, list)
			if entries == nil {
				continue
			}
			for _, entry := range entries.Content {
				file := entry.Value[strings.Index(entry.Value, "=")+1:]
				fileValues(string(files[path.Join(folder, file)]), add)
			}
		}
	}
}

func fileValues(content string, add func(string)) {
	add(content)
	for _, line := range strings.Split(content, "\n") {
		if _, value, ok := strings.Cut(line, "="); ok {
			add(value)
		}
	}
}

// guess takes the values of a document that cannot be parsed, line by line.
func guess(content []byte, add func(string)) {
	for _, line := range strings.Split(string(content), "\n") {
		name, value, ok := strings.Cut(line, ":")
		if !ok || harmless[strings.TrimSpace(name)] {
			continue
		}
		add(strings.Trim(strings.TrimSpace(value), `"'`))
	}
}

var harmless = map[string]bool{"apiVersion": true, "kind": true, "metadata": true, "name": true, "namespace": true, "type": true}

func scalars(node *yaml.Node, add func(string)) {
	if node == nil {
		return
	}
	if node.Kind == yaml.ScalarNode {
		add(node.Value)
	}
	for i, child := range node.Content {
		if node.Kind != yaml.MappingNode || i%2 == 1 {
			scalars(child, add)
		}
	}
}
