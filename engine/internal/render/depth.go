package render

import (
	"fmt"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"hydrant/engine/internal/rendering"
)

// mostLevels is how deep a resource may be nested: whoever looks through it calls itself for
// each level. No kind of Kubernetes, nor the schema of a definition, comes near it.
const mostLevels = 200

// depthOf counts the lists and mappings around the innermost value.
func depthOf(object []byte) int {
	depth, deepest, inText := 0, 0, false
	for i := 0; i < len(object); i++ {
		switch c := object[i]; {
		case inText && c == '\\':
			i++
		case c == '"':
			inText = !inText
		case inText:
		case c == '{' || c == '[':
			depth++
			deepest = max(deepest, depth)
		case c == '}' || c == ']':
			depth--
		}
	}
	return deepest
}

func tooDeep(node *yaml.RNode) error {
	name := node.GetKind() + " " + node.GetName()
	return &rendering.Problem{Kind: "unsupported", Subject: &name, Message: fmt.Sprintf("%s is nested deeper than %d levels, which is not followed.", name, mostLevels)}
}
