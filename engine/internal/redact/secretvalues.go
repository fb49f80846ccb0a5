package redact

import (
	"fmt"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// SecretValue is a value of a rendered Secret that anyone could read. It holds the value
// itself, and never leaves the process.
type SecretValue struct {
	// At tells the value's place in the rendering, by the Secret's number and the field.
	At string
	// Content is the value, decoded.
	Content string
	// Digest is what the client knows it by.
	Digest string
}

// SecretValues are the readable values below the data of the resources' Secrets.
func (r Redaction) SecretValues(resources []*yaml.RNode) []SecretValue {
	pass := &pass{Redaction: r, copies: copies{instead: map[string]string{}, public: map[string]bool{}}}
	var values []SecretValue
	number := 0
	for _, resource := range resources {
		for _, secret := range pass.look(resource.YNode()) {
			number++
			for _, name := range []string{"data", "stringData"} {
				r.leaves(field(secret, name), fmt.Sprintf("%d %s", number, name), name == "data", &values)
			}
		}
	}
	return values
}

func (r Redaction) leaves(node *yaml.Node, at string, encoded bool, into *[]SecretValue) {
	if node == nil {
		return
	}
	switch node.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(node.Content); i += 2 {
			r.leaves(node.Content[i+1], fmt.Sprintf("%s %q", at, node.Content[i].Value), encoded, into)
		}
	case yaml.SequenceNode:
		for i, item := range node.Content {
			r.leaves(item, fmt.Sprintf("%s %d", at, i), encoded, into)
		}
	case yaml.ScalarNode:
		content := node.Value
		if encoded {
			content = ContentOf(content)
		}
		if isReadable(classOf(content)) {
			*into = append(*into, SecretValue{At: at, Content: content, Digest: r.Digest(content)})
		}
	}
}
