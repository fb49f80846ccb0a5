package render

import (
	"fmt"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"hydrant/engine/internal/rendering"
)

// opened has the items of lists (`kind: List`, `ConfigMapList`) in their place, as operators take
// them before they fill in a namespace or anything else (argo-cd, reposerver/repository,
// GenerateManifests; kustomize's resource.Factory for what Flux post-renders).
func opened(items []rendering.Item) []rendering.Item {
	var all []rendering.Item
	for _, item := range items {
		members, ok := membersOf(item.Node)
		if !ok {
			all = append(all, item)
			continue
		}
		var inside []rendering.Item
		for i, member := range members {
			inside = append(inside, rendering.Item{Node: yaml.NewRNode(member), Origin: inList(item.Origin, i)})
		}
		all = append(all, opened(inside)...)
	}
	return all
}

// membersOf are a list's items; a list with anything but objects in it is left to the one who
// says that it is wrong.
func membersOf(node *yaml.RNode) ([]*yaml.Node, bool) {
	if !strings.HasSuffix(node.GetKind(), "List") {
		return nil, false
	}
	field := node.Field("items")
	if field == nil || field.Value.YNode() == nil || field.Value.YNode().Kind != yaml.SequenceNode {
		return nil, false
	}
	members := field.Value.YNode().Content
	for _, member := range members {
		if member.Kind != yaml.MappingNode {
			return nil, false
		}
	}
	return members, true
}

// inList is the origin of a list's item: the lines that are known are those of its fields.
func inList(origin rendering.Origin, index int) rendering.Origin {
	var lines []rendering.Line
	prefix := fmt.Sprintf("/items/%d/", index)
	for _, line := range origin.Lines {
		if rest, ok := strings.CutPrefix(line.Field, prefix); ok {
			line.Field = "/" + rest
			lines = append(lines, line)
		}
	}
	origin.Lines = lines
	return origin
}
