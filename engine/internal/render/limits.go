package render

import (
	"fmt"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"hydrant/engine/internal/rendering"
)

// Limits on a resource. Whoever looks through it calls itself for each level, and no kind of
// Kubernetes, nor the schema of a definition, comes near them; the API server takes 3 MiB.
const (
	mostLevels = 200
	mostBytes  = 8 << 20
)

// beyondLimits is the problem with a resource that is too much to look through, or nil.
func beyondLimits(node *yaml.RNode, object []byte) error {
	if len(object) > mostBytes {
		return tooMuch(node, fmt.Sprintf("has more than %d MiB, which no cluster takes", mostBytes>>20))
	}
	if depthOf(object) > mostLevels {
		return tooMuch(node, fmt.Sprintf("is nested deeper than %d levels, which is not followed", mostLevels))
	}
	return nil
}

func tooMuch(node *yaml.RNode, why string) error {
	name := node.GetKind() + " " + node.GetName()
	return &rendering.Problem{Kind: "unsupported", Subject: &name, Message: name + " " + why + "."}
}

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
