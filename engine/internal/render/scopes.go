package render

import (
	"sigs.k8s.io/kustomize/kyaml/openapi"
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"hydrant/engine/internal/rendering"
)

// scopes knows of custom kinds, as `group/Kind`, whether they are namespaced.
type scopes map[string]bool

// scopesOf learns from a list of cluster-scoped kinds and from the definitions among the
// resources, which are the newer knowledge.
func scopesOf(items []rendering.Item, clusterScoped []string) scopes {
	known := scopes{}
	for _, kind := range clusterScoped {
		known[kind] = false
	}
	for _, item := range items {
		if item.Node.GetKind() != "CustomResourceDefinition" {
			continue
		}
		group, kind := stringAt(item.Node, "spec", "group"), stringAt(item.Node, "spec", "names", "kind")
		known[group+"/"+kind] = stringAt(item.Node, "spec", "scope") != "Cluster"
	}
	return known
}

// versions are tried one after the other: the scope of a kind does not depend on its
// version, and the schema has only those of today.
var versions = []string{"v1", "v2", "v1beta1", "v1alpha1", "v1beta2", "v1alpha2", "v1alpha3"}

// namespaced tells the scope of a resource's kind. One that is unknown is namespaced, as
// most are.
func (s scopes) namespaced(node *yaml.RNode) bool {
	group, kind := groupOf(node.GetApiVersion()), node.GetKind()
	if namespaced, ok := s[group+"/"+kind]; ok {
		return namespaced
	}
	if namespaced, ok := openapi.IsNamespaceScoped(yaml.TypeMeta{APIVersion: node.GetApiVersion(), Kind: kind}); ok {
		return namespaced
	}
	for _, version := range versions {
		if group != "" {
			version = group + "/" + version
		}
		if namespaced, ok := openapi.IsNamespaceScoped(yaml.TypeMeta{APIVersion: version, Kind: kind}); ok {
			return namespaced
		}
	}
	return true
}

func stringAt(node *yaml.RNode, fields ...string) string {
	found, err := node.Pipe(yaml.Lookup(fields...))
	if err != nil || found == nil {
		return ""
	}
	return found.YNode().Value
}
