package kustomize

import (
	"os"
	"strings"
	"testing"

	"hydrant/engine/internal/confine"
)

func TestProblems(t *testing.T) {
	confine.Process()
	secretPatch := "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {a: canary-patch}\n"
	cases := []struct {
		name    string
		files   map[string]string
		kind    string
		subject string
		message string
	}{
		{"a missing file", map[string]string{"o/kustomization.yaml": "resources: [gone.yaml]"}, "missing-file", "o/gone.yaml", "o/gone.yaml does not exist."},
		{"a missing base", map[string]string{"o/kustomization.yaml": "resources: [../gone]"}, "missing-file", "gone", "gone does not exist."},
		{"a missing generator file", map[string]string{"o/kustomization.yaml": "configMapGenerator: [{name: c, files: [gone.txt]}]"}, "missing-file", "o/gone.txt", "o/gone.txt does not exist."},
		{"a missing patch", map[string]string{"o/kustomization.yaml": "resources: [c.yaml]\npatches: [{path: gone.yaml}]", "o/c.yaml": configMap}, "missing-file", "o/gone.yaml", "o/gone.yaml does not exist."},
		{"a cyclic base", map[string]string{"o/kustomization.yaml": "resources: [../p]", "p/kustomization.yaml": "resources: [../o]"}, "cycle", "o", "o comes back to itself through its bases; remove the reference that closes the circle."},
		{"a folder without kustomization", map[string]string{"o/kustomization.yaml": "resources: [../p]", "p/c.yaml": configMap}, "no-kustomization", "p", "p has no kustomization.yaml."},
		{"two kustomizations", map[string]string{"o/kustomization.yaml": "", "o/kustomization.yml": ""}, "invalid-kustomization", "", "o has more than one kustomization file; keep one."},
		{"an overlay that is a file", map[string]string{"o": configMap}, "not-a-directory", "o", "o is a file; a folder with a kustomization is wanted."},
		{"an unknown field", map[string]string{"o/kustomization.yaml": "resource: [c.yaml]"}, "invalid-kustomization", "resource", "o/kustomization.yaml has an unknown field: resource."},
		{"broken YAML", map[string]string{"o/kustomization.yaml": "resources: [c.yaml]", "o/c.yaml": "a: b\n c: [\n"}, "syntax", "", "o/c.yaml is not valid YAML: mapping values are not allowed in this context."},
		{"broken YAML in a file whose name has a line break", map[string]string{"o/kustomization.yaml": "resources: [\"c\\nd.yaml\"]", "o/c\nd.yaml": "a: b\n c: [\n"}, "syntax", "", "o/c\nd.yaml is not valid YAML: mapping values are not allowed in this context."},
		{"broken YAML below, in a file whose name has a space", map[string]string{"o/kustomization.yaml": "resources: [../p]", "p/kustomization.yaml": "resources: [c d.yaml]", "p/c d.yaml": "a: b\n c: [\n"}, "syntax", "", "p/c d.yaml is not valid YAML: mapping values are not allowed in this context."},
		{"two kustomizations in a folder whose name has a space", map[string]string{"o/kustomization.yaml": "resources: [p q]", "o/p q/kustomization.yaml": "", "o/p q/kustomization.yml": ""}, "invalid-kustomization", "", "o/p q has more than one kustomization file; keep one."},
		{"a broken kustomization", map[string]string{"o/kustomization.yaml": "resources: [\n"}, "syntax", "", "o/kustomization.yaml is not valid YAML: did not find expected node content."},
		{"a duplicate", map[string]string{"o/kustomization.yaml": "resources: [a.yaml, b.yaml]", "o/a.yaml": configMap, "o/b.yaml": configMap}, "duplicate-resource", "ConfigMap.v1.[noGrp]/c.[noNs]", "v1 ConfigMap c is added twice; remove one of them, or make it a patch."},
		{"a resource without kind", map[string]string{"o/kustomization.yaml": "resources: [c.yaml]", "o/c.yaml": "apiVersion: v1\nmetadata: {name: c}\n"}, "invalid-resource", "o/c.yaml", "o/c.yaml has an object without kind."},
		{"a resource without name", map[string]string{"o/kustomization.yaml": "resources: [c.yaml]", "o/c.yaml": "apiVersion: v1\nkind: ConfigMap\n"}, "invalid-resource", "o/c.yaml", "o/c.yaml has an object without metadata.name."},
		{"a patch that matches nothing", map[string]string{"o/kustomization.yaml": "patches: [{path: p.yaml}]", "o/p.yaml": secretPatch}, "patch-target", "Secret.v1.[noGrp]/s.[noNs]", "No resource matches the patch for v1 Secret s; a patch names the apiVersion, kind, name and namespace of a resource."},
		{"a file outside of the root", map[string]string{"o/kustomization.yaml": "resources: [../c.yaml]", "c.yaml": configMap}, "forbidden-path", "c.yaml", "c.yaml is a file outside of o; kustomize reads files only in or below a kustomization's folder."},
		{"a symlink out of the repository", map[string]string{"o/kustomization.yaml": "resources: [link.yaml]", "o/link.yaml": "-> ../../../../etc/passwd"}, "forbidden-path", "", ""},
		{"a remote base", map[string]string{"o/kustomization.yaml": "resources: ['https://github.com/example/repo//base?ref=v1']"}, "remote", "https://github.com/example/repo//base?ref=v1", "https://github.com/example/repo//base?ref=v1 is remote, and remote resources are not fetched."},
		{"a remote file", map[string]string{"o/kustomization.yaml": "resources: ['https://example.com/a.yaml']"}, "remote", "https://example.com/a.yaml", "https://example.com/a.yaml is remote, and remote resources are not fetched."},
		{"a remote base over ssh", map[string]string{"o/kustomization.yaml": "resources: ['git@github.com:example/repo.git']"}, "remote", "git@github.com:example/repo.git", ""},
		{"a base around the one that uses it", map[string]string{"kustomization.yaml": "", "o/kustomization.yaml": "resources: [..]"}, "cycle", "/", "o uses the root of the repository as a base and stands inside it, which kustomize takes for a circle; move one of them."},
		{"an unknown field of a base", map[string]string{"o/kustomization.yaml": "resources: [../p]", "p/kustomization.yml": "image: []"}, "invalid-kustomization", "image", "p/kustomization.yml has an unknown field: image."},
		{"a field of the wrong type", map[string]string{"o/kustomization.yaml": "resources: c.yaml"}, "invalid-kustomization", "resources", "o/kustomization.yaml: the field resources must be a list, not text."},
		{"a nested field of the wrong type", map[string]string{"o/kustomization.yaml": "images: [{name: a, newTag: {}}]"}, "invalid-kustomization", "newTag", "o/kustomization.yaml: the field newTag must be text, not a mapping."},
		{"an empty kustomization", map[string]string{"o/kustomization.yaml": "resources: [../p]", "p/kustomization.yaml": ""}, "invalid-kustomization", "", "p/kustomization.yaml is empty; list its resources, or remove it."},
		{"no resource at all", map[string]string{"o/kustomization.yaml": "resources: [../p]", "p/kustomization.yaml": "resources: [c.yaml]", "p/c.yaml": "a: b"}, "invalid-resource", "p/c.yaml", "p/c.yaml has an object that is no resource: apiVersion, kind and metadata.name are missing."},
		{"a patch for another namespace", map[string]string{"o/kustomization.yaml": "resources: [c.yaml]\npatchesStrategicMerge: [p.yaml]", "o/c.yaml": configMap, "o/p.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d, namespace: n}\n"}, "patch-target", "Deployment.v1.apps/d.n", "No resource matches the patch for apps/v1 Deployment n/d; a patch names the apiVersion, kind, name and namespace of a resource."},
		{"a patch that is none", map[string]string{"o/kustomization.yaml": "resources: [c.yaml]\npatches: [{path: p.yaml}]", "o/c.yaml": configMap, "o/p.yaml": "a: [\n"}, "syntax", "o/p.yaml", "o/p.yaml is not a patch: neither a resource to merge, nor a list of JSON patch operations."},
		{"inline operations that are none", map[string]string{"o/kustomization.yaml": "resources: [c.yaml]\npatches:\n- target: {kind: ConfigMap}\n  patch: '[{op: add}'\n", "o/c.yaml": configMap}, "syntax", "", "A patch in o/kustomization.yaml is not one: neither a resource to merge, nor a list of JSON patch operations."},
		{"a folder by a symlink", map[string]string{"o": "-> real", "real/kustomization.yaml": "resources: [../p]", "p": "-> q", "q/kustomization.yml": "image: []"}, "invalid-kustomization", "image", "q/kustomization.yml has an unknown field: image."},
		{"a patch without patch", map[string]string{"o/kustomization.yaml": "resources: [c.yaml]\npatches: [{target: {kind: Secret}, options: {allowNameChange: true}}]", "o/c.yaml": configMap}, "invalid-kustomization", "PatchTransformer", "o/kustomization.yaml cannot set up its PatchTransformer: must specify one of patch and path."},
		{"an inline patch that is none", map[string]string{"o/kustomization.yaml": "resources: [c.yaml]\npatches:\n- patch: |-\n    kind: Secret\n    stringData: {a: canary-inline\n", "o/c.yaml": configMap}, "syntax", "", "A patch in o/kustomization.yaml is not one: neither a resource to merge, nor a list of JSON patch operations."},
		{"a JSON patch of a field that is not there", map[string]string{"o/kustomization.yaml": "resources: [c.yaml]\npatches:\n- target: {kind: ConfigMap}\n  patch: |-\n    - op: replace\n      path: /spec/replicas\n      value: 1\n", "o/c.yaml": configMap}, "patch-target", "/spec/replicas", "A JSON patch cannot replace /spec/replicas: its resource has no such field."},
		{"a JSON patch that removes what is not there", map[string]string{"o/kustomization.yaml": "resources: [c.yaml]\npatches:\n- target: {kind: ConfigMap}\n  patch: |-\n    - op: remove\n      path: /metadata/labels\n", "o/c.yaml": configMap}, "patch-target", "/metadata/labels", "A JSON patch cannot remove /metadata/labels: its resource has no such field."},
		{"a JSON patch below a field that is not there", map[string]string{"o/kustomization.yaml": "resources: [c.yaml]\npatches:\n- target: {kind: ConfigMap}\n  patch: |-\n    - op: add\n      path: /spec/a/b\n      value: 1\n", "o/c.yaml": configMap}, "patch-target", "/spec/a/b", "A JSON patch cannot add /spec/a/b: its resource has no such field."},
		{"a JSON patch that tests in vain", map[string]string{"o/kustomization.yaml": "resources: [c.yaml]\npatches:\n- target: {kind: ConfigMap}\n  patch: |-\n    - {op: test, path: /kind, value: Other}\n", "o/c.yaml": configMap}, "patch-target", "/kind", "A JSON patch tests /kind for another value than its resource has."},
		{"a replacement from nowhere", map[string]string{"o/kustomization.yaml": "resources: [c.yaml]\nreplacements:\n- source: {kind: Secret, name: x}\n  targets:\n  - select: {kind: ConfigMap}\n    fieldPaths: [data.a]\n", "o/c.yaml": configMap}, "patch-target", "Secret.[noVer].[noGrp]/x.[noNs]", "A replacement takes its value from Secret x, which is not among the resources."},
		{"a generator that merges with nothing", map[string]string{"o/kustomization.yaml": "secretGenerator: [{name: s, behavior: merge, literals: [a=canary-merge]}]"}, "invalid-kustomization", "", "o/kustomization.yaml has a generator that merges with or replaces Secret s, which is not among the resources."},
		{"a literal without key", map[string]string{"o/kustomization.yaml": "secretGenerator: [{name: s, literals: [canary-literal]}]"}, "invalid-kustomization", "", "A generator in o/kustomization.yaml has a literal that is not in the form key=value."},
		{"a key twice in a generator", map[string]string{"o/kustomization.yaml": "configMapGenerator: [{name: s, literals: [a=1, a=2]}]"}, "invalid-kustomization", "", "The generator s in o/kustomization.yaml has the key a twice; keep one."},
		{"a key twice in an object", map[string]string{"o/kustomization.yaml": "resources: [c.yaml]", "o/c.yaml": configMap + "data:\n  a: b\n  a: c\n"}, "syntax", "", "An object has the key \"a\" twice; keep one."},
		{"an anchor that is a value", map[string]string{"o/kustomization.yaml": "resources: [c.yaml]", "o/c.yaml": "kind: Secret\nstringData:\n  a: *canary-anchor\n"}, "syntax", "", "o/c.yaml is not valid YAML: unknown anchor referenced."},
		{"a file of variables that is not UTF-8", map[string]string{"o/kustomization.yaml": "secretGenerator: [{name: s, envs: [e.env]}]", "o/e.env": "A=canary-bytes\xff"}, "invalid-kustomization", "", "A generator in o/kustomization.yaml reads a file with a line that is not UTF-8."},
		{"an absolute path", map[string]string{"o/kustomization.yaml": "resources: [/c.yaml]"}, "not-a-directory", "c.yaml", "/c.yaml is an absolute path; paths start at the kustomization's folder."},
		{"a folder that is not there", map[string]string{"p/kustomization.yaml": ""}, "missing-file", "o", "o does not exist."},
	}
	for _, one := range cases {
		t.Run(one.name, func(t *testing.T) {
			_, disk, problem := rendered(t, one.files, Source{Path: "o"}, false)
			if problem == nil {
				t.Fatal("it rendered")
			}
			if problem.Kind != one.kind {
				t.Errorf("kind %s, want %s: %s", problem.Kind, one.kind, problem.Message)
			}
			if one.subject != "" && (problem.Subject == nil || *problem.Subject != one.subject) {
				t.Errorf("subject %v, want %s", said(problem.Subject), one.subject)
			}
			if one.message != "" && problem.Message != one.message {
				t.Errorf("message %q, want %q", problem.Message, one.message)
			}
			if strings.Contains(problem.Message, "canary-") || strings.Contains(problem.Message, os.TempDir()) {
				t.Errorf("the message tells too much: %s", problem.Message)
			}
			if len(disk.Trace()) == 0 {
				t.Error("no trace")
			}
		})
	}
}

func said(text *string) string {
	if text == nil {
		return "(none)"
	}
	return *text
}
