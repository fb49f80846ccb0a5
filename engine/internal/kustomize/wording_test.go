package kustomize

import (
	"strings"
	"testing"

	"hydrant/engine/internal/confine"
)

func TestProblemsInWords(t *testing.T) {
	confine.Process()
	const component = "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n"
	patched := func(patch string) string {
		return "resources: [c.yaml]\npatches:\n- target: {kind: ConfigMap}\n  patch: |-\n    " + strings.ReplaceAll(patch, "\n", "\n    ")
	}
	cases := []struct {
		name    string
		files   map[string]string
		kind    string
		subject string
		message string
	}{
		{"a base of another apiVersion", map[string]string{"o/kustomization.yaml": "resources: [../p]", "p/kustomization.yaml": "apiVersion: kustomize.config.k8s.io/v1\nresources: [c.yaml]"}, "invalid-kustomization", "apiVersion", "p/kustomization.yaml: the field apiVersion must be kustomize.config.k8s.io/v1beta1 for a Kustomization."},
		{"a component of another apiVersion", map[string]string{"o/kustomization.yaml": "components: [../p]", "p/kustomization.yaml": strings.Replace(component, "alpha", "beta", 1) + "namePrefix: x-"}, "invalid-kustomization", "apiVersion", "p/kustomization.yaml: the field apiVersion must be kustomize.config.k8s.io/v1alpha1 for a Component."},
		{"another kind", map[string]string{"o/kustomization.yaml": "apiVersion: v1\nkind: ConfigMap\nnamePrefix: x-"}, "invalid-kustomization", "kind", "o/kustomization.yaml: the field kind must be Kustomization or Component."},
		{"an unknown field of a component", map[string]string{"o/kustomization.yaml": "components: [../p]", "p/kustomization.yaml": component + "kindx: a"}, "invalid-kustomization", "kindx", "p/kustomization.yaml has an unknown field: kindx."},
		{"an unknown field of a component in a component", map[string]string{"o/kustomization.yaml": "components: [../p]", "p/kustomization.yaml": component + "components: [../q]", "q/kustomization.yaml": component + "kindx: a"}, "invalid-kustomization", "kindx", "q/kustomization.yaml has an unknown field: kindx."},
		{"a component under resources", map[string]string{"o/kustomization.yaml": "resources: [../p]", "p/kustomization.yaml": component + "namePrefix: x-"}, "invalid-kustomization", "p", "p is a Component; list it under components, not under resources."},
		{"a base under components", map[string]string{"o/kustomization.yaml": "components: [../p]", "p/kustomization.yaml": "namePrefix: x-"}, "invalid-kustomization", "p", "p is a Kustomization and no Component; list it under resources."},
		{"a list as kustomization", map[string]string{"o/kustomization.yaml": "- c.yaml"}, "invalid-kustomization", "", "o/kustomization.yaml must be a mapping, not a list."},
		{"an empty entry", map[string]string{"o/kustomization.yaml": "resources: [null]"}, "invalid-kustomization", "", "o/kustomization.yaml has an empty entry."},
		{"a plugin that makes plugins", map[string]string{"o/kustomization.yaml": "generators: [g]", "o/g/kustomization.yaml": "resources: [../h]", "o/h/kustomization.yaml": "resources: [g.yaml]", "o/h/g.yaml": "apiVersion: x/v1\nkind: Plug\nmetadata: {name: g}"}, "unsupported", "Plug", "Plug is a plugin of kustomize; nothing that a repository brings is executed."},
		{"an operation that there is not", map[string]string{"o/kustomization.yaml": patched("- op: replaze\n  path: /data\n  value: {}"), "o/c.yaml": configMap}, "syntax", "replaze", "A JSON patch has the operation replaze; it must be add, remove, replace, move, copy or test."},
		{"an operation without path", map[string]string{"o/kustomization.yaml": patched("- op: add\n  value: {}"), "o/c.yaml": configMap}, "syntax", "", "A JSON patch in o/kustomization.yaml has an operation without path."},
		{"an operation without path on what there is", map[string]string{"o/kustomization.yaml": patched("- op: replace\n  pathx: /kind\n  value: {}"), "o/c.yaml": configMap}, "syntax", "", "A JSON patch in o/kustomization.yaml has an operation without path."},
		{"a JSON patch without target", map[string]string{"o/kustomization.yaml": strings.Replace(patched("- op: remove\n  path: /data"), "target: {kind: ConfigMap}\n  ", "", 1), "o/c.yaml": configMap}, "invalid-kustomization", "patch", "o/kustomization.yaml has a JSON patch without target."},
		{"a patch that is empty", map[string]string{"o/kustomization.yaml": "resources: [c.yaml]\npatches: [{patch: ''}]", "o/c.yaml": configMap}, "invalid-kustomization", "PatchTransformer", "o/kustomization.yaml cannot set up its PatchTransformer: must specify one of patch and path."},
		{"a key that is no text", map[string]string{"o/kustomization.yaml": "resources: [c.yaml]\ncommonLabels: {1: a}", "o/c.yaml": configMap}, "invalid-resource", "", "A resource, or what is added to it, has a field whose name is no text, such as 1 or yes; put it in quotes."},
		{"labels that are none", map[string]string{"o/kustomization.yaml": "resources: [c.yaml]\ncommonLabels: {a: b}", "o/c.yaml": configMap + "  labels: x"}, "invalid-resource", "ConfigMap.v1.[noGrp]/c.[noNs]", "v1 ConfigMap c has a value of the wrong type at metadata/labels, or around it, where kustomize is to set a field."},
		{"a replacement without targets", map[string]string{"o/kustomization.yaml": "resources: [c.yaml]\nreplacements: [{source: {kind: ConfigMap}, targets: []}]", "o/c.yaml": configMap}, "invalid-kustomization", "replacements", "o/kustomization.yaml: replacements must specify a source and at least one target."},
		{"a replacement of what there is not", map[string]string{"o/kustomization.yaml": "resources: [c.yaml]\nreplacements: [{source: {kind: Secret, name: s}, targets: [{select: {kind: ConfigMap}, fieldPaths: [data.a]}]}]", "o/c.yaml": configMap}, "patch-target", "Secret.[noVer].[noGrp]/s.[noNs]", "A replacement takes its value from Secret s, which is not among the resources."},
		{"a patch of what two resources have been called", map[string]string{"o/kustomization.yaml": "resources: [../p, ../q]\npatches: [{path: c.yaml}]", "o/c.yaml": configMap, "p/kustomization.yaml": "resources: [c.yaml]", "p/c.yaml": configMap, "q/kustomization.yaml": "namePrefix: x-\nresources: [c.yaml]", "q/c.yaml": configMap}, "patch-target", "ConfigMap.v1.[noGrp]/c.[noNs]", "More than one resource matches the patch for v1 ConfigMap c, by the name that it has or by one that it had in a base; say by a target of the patch which is meant."},
		{"a replacement of what there are two of", map[string]string{"o/kustomization.yaml": "resources: [c.yaml]\nreplacements: [{source: {kind: ConfigMap}, targets: [{select: {kind: ConfigMap}, fieldPaths: [data.a]}]}]", "o/c.yaml": configMap + "---\n" + strings.Replace(configMap, "name: c", "name: d", 1)}, "patch-target", "ConfigMap.[noVer].[noGrp]/[noName].[noNs]", "A replacement takes its value from ConfigMap of any name, and more than one resource matches that."},
		{"a replacement of a field that there is not", map[string]string{"o/kustomization.yaml": "resources: [c.yaml]\nreplacements: [{source: {kind: ConfigMap, fieldPath: data.a}, targets: [{select: {kind: ConfigMap}, fieldPaths: [data.a]}]}]", "o/c.yaml": configMap}, "patch-target", "data.a", "A replacement takes its value from data.a, and its source has no such field."},
		{"a replacement into a field that there is not", map[string]string{"o/kustomization.yaml": "resources: [c.yaml]\nreplacements: [{source: {kind: ConfigMap, fieldPath: kind}, targets: [{select: {kind: ConfigMap}, fieldPaths: [spec.a]}]}]", "o/c.yaml": configMap}, "patch-target", "spec.a", "A replacement cannot set spec.a: its resource has no such field."},
		{"replicas of what there is not", map[string]string{"o/kustomization.yaml": "resources: [c.yaml]\nreplicas: [{name: d, count: 1}]", "o/c.yaml": configMap}, "invalid-kustomization", "d", "o/kustomization.yaml sets the replicas of d, and no resource that has replicas is called so."},
		{"a variable of what there is not", map[string]string{"o/kustomization.yaml": "resources: [c.yaml]\nvars: [{name: V, objref: {kind: Secret, name: x, apiVersion: v1}}]", "o/c.yaml": configMap}, "invalid-kustomization", "V", "o/kustomization.yaml: the variable V takes its value from a field that is not among the resources."},
		{"an order that there is not", map[string]string{"o/kustomization.yaml": "resources: [c.yaml]\nsortOptions: {order: x}", "o/c.yaml": configMap}, "invalid-kustomization", "sortOptions", "o/kustomization.yaml: the field sortOptions.order must be one of fifo, legacy."},
		{"a generator without name", map[string]string{"o/kustomization.yaml": "configMapGenerator: [{literals: [a=b]}]"}, "invalid-kustomization", "", "o/kustomization.yaml has a generator without name."},
		{"a generator of what there is", map[string]string{"o/kustomization.yaml": "resources: [c.yaml]\nconfigMapGenerator: [{name: c}]", "o/c.yaml": configMap}, "invalid-kustomization", "c", "o/kustomization.yaml generates ConfigMap c, which is already among the resources; set its behavior to merge or replace, or give it another name."},
		{"a namespace that makes two resources one", map[string]string{"o/kustomization.yaml": "namespace: a\nresources: [c.yaml]", "o/c.yaml": configMap + "  namespace: x\n---\n" + configMap + "  namespace: y\n"}, "invalid-kustomization", "namespace", "o/kustomization.yaml: with its namespace, resources of one name that were in several namespaces become the same."},
		{"a folder in place of a file", map[string]string{"o/kustomization.yaml": "configMapGenerator: [{name: c, files: [d]}]", "o/d/x": ""}, "missing-file", "o/d", "o/d is a folder; a file is wanted."},
		{"a symlink to itself", map[string]string{"o/kustomization.yaml": "resources: [l.yaml]", "o/l.yaml": "-> l.yaml"}, "missing-file", "o/l.yaml", "o/l.yaml is a symlink that leads in a circle."},
		{"a symlink to itself whose name has a space", map[string]string{"o/kustomization.yaml": "configMapGenerator: [{name: c, files: [l m.txt]}]", "o/l m.txt": "-> l m.txt"}, "missing-file", "o/l m.txt", "o/l m.txt is a symlink that leads in a circle."},
		{"a symlink to itself whose name has a line break and a quote", map[string]string{"o/kustomization.yaml": "resources: [\"l'\\nm.yaml\"]", "o/l'\nm.yaml": "-> l'\nm.yaml"}, "missing-file", "o/l'\nm.yaml", "o/l'\nm.yaml is a symlink that leads in a circle."},
		{"a missing file whose name has a quote", map[string]string{"o/kustomization.yaml": "resources: [it's.yaml]"}, "missing-file", "o/it's.yaml", "o/it's.yaml does not exist."},
		{"a target that is no pattern", map[string]string{"o/kustomization.yaml": "resources: [c.yaml]\npatches: [{path: c.yaml, target: {kind: '('}}]", "o/c.yaml": configMap}, "patch-target", "", "The target of a patch in o/kustomization.yaml is no regular expression: missing closing )."},
	}
	for _, one := range cases {
		t.Run(one.name, func(t *testing.T) {
			_, _, problem := rendered(t, one.files, Source{Path: "o"}, false)
			if problem == nil {
				t.Fatal("it rendered")
			}
			if problem.Kind != one.kind || problem.Message != one.message {
				t.Errorf("%s: %q, want %s: %q", problem.Kind, problem.Message, one.kind, one.message)
			}
			if one.subject != "" && said(problem.Subject) != one.subject {
				t.Errorf("subject %s, want %s", said(problem.Subject), one.subject)
			}
		})
	}
}

func TestOtherProblemsNameTheirKustomization(t *testing.T) {
	_, _, problem := rendered(t, map[string]string{"o/kustomization.yaml": "resources: [../p]", "p/kustomization.yaml": "resources: [c.yaml]\nconfigurations: [c.yaml]", "p/c.yaml": configMap}, Source{Path: "o"}, false)
	if problem == nil || problem.Kind != "other" || said(problem.Path) != "p/kustomization.yaml" {
		t.Errorf("got %+v", problem)
	}
}
