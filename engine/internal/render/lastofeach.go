package render

import "hydrant/engine/internal/rendering"

// lastOfEach leaves out resources that a later one of equal identity replaces, as Argo CD does
// with all resources of an Application; it warns of them (DeduplicateTargetObjects,
// RepeatedResourceWarning in its controller/state.go). Those that replace others are marked.
func lastOfEach(items []rendering.Item) []rendering.Item {
	type identity struct{ group, kind, namespace, name string }
	of := func(item rendering.Item) identity {
		node := item.Node
		return identity{groupOf(node.GetApiVersion()), node.GetKind(), node.GetNamespace(), node.GetName()}
	}
	last := map[identity]int{}
	times := map[identity]int{}
	for i, item := range items {
		last[of(item)] = i
		times[of(item)]++
	}
	kept := make([]rendering.Item, 0, len(last))
	for i, item := range items {
		// What has only generateName is another object each time.
		if id := of(item); last[id] == i || id.name == "" {
			item.Replaces = item.Replaces || (id.name != "" && times[id] > 1)
			kept = append(kept, item)
		}
	}
	return kept
}
