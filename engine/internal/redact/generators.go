package redact

import (
	"path"
	"regexp"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

func (s *sources) generators(node *yaml.Node, at from) {
	if node.Kind != yaml.SequenceNode {
		s.generator(node, at)
		return
	}
	for _, one := range node.Content {
		s.generator(one, at)
	}
}

// generator takes all that a generator of Secrets is made of, but its name and its options.
func (s *sources) generator(node *yaml.Node, at from) {
	if node.Kind != yaml.MappingNode {
		s.all(node)
		return
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		switch key.Value {
		case "name", "namespace":
			s.names.add(scalar(value))
		case "apiVersion", "kind", "metadata", "behavior", "type", "options":
		case "files", "envs", "env":
			entries := value.Content
			if value.Kind == yaml.ScalarNode {
				entries = []*yaml.Node{value}
			}
			for _, entry := range entries {
				s.file(entry, at)
			}
		default:
			for _, literal := range value.Content {
				s.entries[scalar(literal)] = at.at(literal.Line)
			}
			s.key(key)
			s.all(value)
		}
	}
}

// file takes the contents of a file that a generator names; and the entry itself, where it
// does not look like the name of a file: a value may have been written in its place.
func (s *sources) file(entry *yaml.Node, at from) {
	if entry.Kind != yaml.ScalarNode {
		s.all(entry)
		return
	}
	_, name, named := strings.Cut(entry.Value, "=")
	if !named {
		name = entry.Value
	}
	full := path.Join(path.Dir(at.Path), name)
	if !s.names.isPath(name) {
		s.entries["/"+full] = at.at(entry.Line)
		s.text(entry.Value)
		return
	}
	for _, line := range strings.Split(decoded(s.files[full]), "\n") {
		s.text(line)
	}
}

// patch reads a patch for Secrets, from the entry of a kustomization or a transformer.
func (s *sources) patch(node *yaml.Node, at from) {
	target := field(node, "target")
	if target == nil || !selectsSecrets(scalar(field(target, "kind"))) {
		return
	}
	for _, name := range []string{"patch", "jsonOp"} {
		if inline := field(node, name); inline != nil && inline.Kind == yaml.ScalarNode {
			s.document(inline.Value, inside(inline, at), true)
		}
	}
	if file := scalar(field(node, "path")); file != "" {
		full := path.Join(path.Dir(at.Path), file)
		s.document(decoded(s.files[full]), from{Place: Place{full, 1}}, true)
	}
}

// selectsSecrets: a target's kind is a regular expression, and all kinds where there is none.
func selectsSecrets(kind string) bool {
	pattern, err := regexp.Compile("^(?:" + kind + ")$")
	return kind == "" || err != nil || pattern.MatchString("Secret")
}

// patched takes the values of a patch that is for a Secret.
func (s *sources) patched(node *yaml.Node, at from) {
	switch {
	case node.Kind == yaml.MappingNode && scalar(field(node, "kind")) != "":
		s.node(node, at)
	case node.Kind == yaml.MappingNode:
		s.secret(node)
	case node.Kind == yaml.SequenceNode:
		for _, operation := range node.Content {
			s.operation(operation)
		}
	default:
		s.all(node)
	}
}

// operation takes the value of an operation of a JSON patch, however its field is called.
func (s *sources) operation(node *yaml.Node) {
	if node.Kind != yaml.MappingNode {
		s.all(node)
		return
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		switch node.Content[i].Value {
		case "op", "path", "from":
		default:
			s.all(node.Content[i+1])
		}
	}
}
