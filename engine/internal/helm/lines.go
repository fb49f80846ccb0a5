package helm

import (
	"strconv"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// lineOfValue is the line of a value in a document, and whether the document has it; 0 for
// the document itself.
func lineOfValue(content []byte, location []string) (line int, found bool) {
	node := parsed(content)
	for _, step := range location {
		key, value := field(node, step)
		if value == nil {
			return 0, false
		}
		line, node = key.Line, value
	}
	return line, node != nil
}

// lineOfItem is the line of the item of a list that has a field with a value, or 0.
func lineOfItem(content []byte, list, name, value string) int {
	_, items := field(parsed(content), list)
	if items == nil || items.Kind != yaml.SequenceNode {
		return 0
	}
	for _, item := range items.Content {
		if key, found := field(item, name); found != nil && found.Value == value {
			return key.Line
		}
	}
	return 0
}

// parsed is a document's content, or nil where it is none.
func parsed(content []byte) *yaml.Node {
	document, err := yaml.Parse(string(content))
	if err != nil {
		return nil
	}
	return document.YNode()
}

// field is what stands under a name of a mapping or an index of a list. For an index, the
// item is its own key.
func field(node *yaml.Node, name string) (key, value *yaml.Node) {
	if node == nil {
		return nil, nil
	}
	switch node.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(node.Content); i += 2 {
			if node.Content[i].Value == name {
				return node.Content[i], node.Content[i+1]
			}
		}
	case yaml.SequenceNode:
		if index, err := strconv.Atoi(name); err == nil && index >= 0 && index < len(node.Content) {
			return node.Content[index], node.Content[index]
		}
	}
	return nil, nil
}
