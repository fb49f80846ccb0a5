package render

import (
	"fmt"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"hydrant/engine/internal/rendering"
)

// opened has the items of lists (`kind: List`, `ConfigMapList`) in their place, also of lists in
// lists, as Flux takes them before it does anything else (kustomize, api/resource,
// inlineAnyEmbeddedLists).
func opened(items []rendering.Item) []rendering.Item {
	var all []rendering.Item
	for _, item := range items {
		inside, ok := inside(item, isListKind)
		if !ok {
			all = append(all, item)
			continue
		}
		all = append(all, opened(inside)...)
	}
	return all
}

// openedOnce has the items of lists in their place as Argo CD takes them before it fills in a
// namespace: a list is whatever has items, and one in it is none (argo-cd, reposerver/repository,
// GenerateManifests).
func openedOnce(items []rendering.Item) []rendering.Item {
	var all []rendering.Item
	for _, item := range items {
		if inside, ok := inside(item, func(*yaml.RNode) bool { return true }); ok {
			all = append(all, inside...)
		} else {
			all = append(all, item)
		}
	}
	return all
}

// noLists refuses what is still a list: no API server has such a kind, so that a sync fails.
func noLists(items []rendering.Item) error {
	for _, item := range items {
		if _, ok := inside(item, isListKind); ok {
			kind := item.Node.GetKind()
			return &rendering.Problem{Kind: "invalid-resource", Message: fmt.Sprintf("A %s stands inside of another list; Argo CD opens the outer one alone, and no cluster has the kind %s.", kind, kind)}
		}
	}
	return nil
}

func isListKind(node *yaml.RNode) bool { return strings.HasSuffix(node.GetKind(), "List") }

// inside are a list's items; a list with anything but objects in it is left to the one who says
// that it is wrong.
func inside(item rendering.Item, isList func(*yaml.RNode) bool) ([]rendering.Item, bool) {
	if !isList(item.Node) {
		return nil, false
	}
	field := item.Node.Field("items")
	if field == nil || field.Value.YNode() == nil || field.Value.YNode().Kind != yaml.SequenceNode {
		return nil, false
	}
	var members []rendering.Item
	for i, member := range field.Value.YNode().Content {
		if member.Kind != yaml.MappingNode {
			return nil, false
		}
		members = append(members, rendering.Item{Node: yaml.NewRNode(member), Origin: inList(item.Origin, i)})
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
