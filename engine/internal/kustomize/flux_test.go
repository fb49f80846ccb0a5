package kustomize

import (
	"path/filepath"
	"strings"
	"testing"

	upstream "github.com/fluxcd/pkg/kustomize"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"

	"hydrant/engine/internal/fixture"
	"hydrant/engine/internal/flux"
)

const fluxDeployment = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: app}\nspec:\n  template:\n    spec:\n      containers:\n      - {name: app, image: 'app:1'}\n      - {name: side, image: 'side:1'}\n"

// TestAsFlux holds a source to Flux's own generator on a checkout. The spec is a Flux
// Kustomization's, whose fields have the names of the edits.
func TestAsFlux(t *testing.T) {
	overlay := map[string]string{
		"o/kustomization.yaml": "resources: [d.yaml]\nunknownField: x\nnameSuffix: -own\nimages:\n- {name: app, newName: registry/app, newTag: v1}\ncomponents: [../c]\n",
		"o/d.yaml":             fluxDeployment,
		"c/kustomization.yaml": "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\ncommonAnnotations: {c: one}\n",
		"e/kustomization.yaml": "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\ncommonAnnotations: {e: two}\n",
		"x.yaml":               configMap,
	}
	folder := map[string]string{
		"o/z.yaml": configMap, "o/a.yml": strings.Replace(configMap, "name: c", "name: a", 1), "o/text.txt": "x", "o/c.json": "{}",
		"o/sub/b.yaml": strings.Replace(configMap, "name: c", "name: b", 1), "o/sub/two.yaml": strings.Replace(configMap, "name: c", "name: d", 1) + "---\n" + strings.Replace(configMap, "name: c", "name: e", 1),
		"o/own/kustomization.yaml": "namePrefix: own-\nresources: [f.yaml]\n", "o/own/f.yaml": configMap, "o/own/not-listed.yaml": "a: b\n",
		"o/empty.yaml": "# nothing\n",
	}
	cases := []struct {
		name  string
		files map[string]string
		spec  string
	}{
		{"no edits", overlay, `{}`},
		{"names and namespace", overlay, `{"targetNamespace":"ns","namePrefix":"p-","nameSuffix":"-s"}`},
		{"an image's tag", overlay, `{"images":[{"name":"app","newTag":"v2"},{"name":"side","newName":"other"}]}`},
		{"an image's digest", overlay, `{"images":[{"name":"app","digest":"sha256:24a0c4b4a4c0eb97a1aabb8e29f18e917d05abfe1b7a7c07857230879ce7d3d3"}]}`},
		{"patches", overlay, `{"patches":[{"patch":"apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: app}\nspec: {paused: true}"},{"patch":"- {op: add, path: /metadata/labels, value: {a: b}}","target":{"kind":"Deployment"}}]}`},
		{"components", overlay, `{"components":["../e"]}`},
		{"missing components", overlay, `{"components":["../gone","../e"],"ignoreMissingComponents":true}`},
		{"a file outside of the folder", map[string]string{"o/kustomization.yaml": "resources: [../x.yaml]\n", "x.yaml": configMap}, `{}`},
		{"only generators", map[string]string{"o/kustomization.yaml": "configMapGenerator: [{name: c, literals: [a=b]}]\n"}, `{}`},
		{"a generated kustomization", folder, `{}`},
		{"a generated kustomization with edits", folder, `{"targetNamespace":"ns","namePrefix":"p-"}`},
		{"a generated kustomization of nothing", map[string]string{"o/README.md": "x"}, `{}`},
		{"legacy patches", overlay, `{"patchesStrategicMerge":[{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"app"},"spec":{"replicas":4}}],"patchesJson6902":[{"target":{"kind":"Deployment","name":"app"},"patch":[{"op":"add","path":"/metadata/labels","value":{"a":"b"}}]}]}`},
	}
	for _, one := range cases {
		t.Run(one.name, func(t *testing.T) {
			dir, disk := fixture.Checkout(t, one.files)
			var edits Edits
			if err := yaml.Unmarshal([]byte(strings.Replace(one.spec, "targetNamespace", "namespace", 1)), &edits); err != nil {
				t.Fatal(err)
			}
			// First, because Flux writes into the checkout.
			items, err := Render(disk, Source{Path: "o", Generate: true, Edits: &edits}, false)
			if err != nil {
				t.Fatal(err)
			}
			if got, want := manifests(t, items), byFlux(t, dir, one.spec); got != want {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
			if _, err := Render(disk, Source{Path: "o", Generate: true, Edits: &edits}, true); err != nil {
				t.Fatal(err)
			}
		})
	}
}

func byFlux(t *testing.T, dir, spec string) string {
	t.Helper()
	kustomization := unstructured.Unstructured{Object: map[string]any{}}
	var fields map[string]any
	if err := yaml.Unmarshal([]byte(spec), &fields); err != nil {
		t.Fatal(err)
	}
	kustomization.Object["spec"] = fields
	if _, err := upstream.NewGenerator(dir, kustomization).WriteFile(filepath.Join(dir, "o")); err != nil {
		t.Fatal(err)
	}
	resources, err := upstream.SecureBuild(dir, filepath.Join(dir, "o"), false)
	if err != nil {
		t.Fatal(err)
	}
	text, err := resources.AsYaml()
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestFluxProblems(t *testing.T) {
	cases := []struct {
		name    string
		files   map[string]string
		source  Source
		kind    string
		message string
	}{
		{"a file that is no manifest", map[string]string{"o/a.yaml": "a: b\n"}, Source{Path: "o", Generate: true}, "invalid-resource", "o/a.yaml is not a Kubernetes manifest"},
		{"a symlink, which is no part of an artifact", map[string]string{"o/kustomization.yaml": "resources: [l.yaml]", "o/l.yaml": "-> c.yaml", "o/c.yaml": configMap}, Source{Path: "o", Generate: true}, "missing-file", "o/l.yaml does not exist."},
		{"a file that .sourceignore leaves out", map[string]string{"o/kustomization.yaml": "resources: [c.yaml]", "o/c.yaml": configMap, "o/.sourceignore": "c.yaml\n"}, Source{Path: "o", Generate: true}, "missing-file", "o/c.yaml does not exist."},
		{"a file that the source leaves out", map[string]string{"o/kustomization.yaml": "resources: [c.yaml]", "o/c.yaml": configMap}, Source{Path: "o", Generate: true, Ignore: "/o/*\n!/o/kustomization.yaml\n"}, "missing-file", "o/c.yaml does not exist."},
		{"a pattern that matches nothing", map[string]string{"a": "b"}, Source{Path: ".", Mounts: []flux.Mount{{From: "x/**", To: "."}}}, "missing-file", "No file matches x/**."},
		{"charts", map[string]string{"o/kustomization.yaml": "helmCharts: [{name: c}]"}, Source{Path: "o", Generate: true}, "invalid-kustomization", "o/kustomization.yaml has helmCharts, which Flux does not render."},
		{"an object without kind in a mounted file", map[string]string{"r/kustomization.yaml": "resources: [c.yaml]", "r/c.yaml": "apiVersion: v1\nmetadata: {name: c}\n"}, Source{Path: "m", Mounts: []flux.Mount{{From: "r/**", To: "m"}}}, "invalid-resource", "r/c.yaml has an object without kind."},
		{"a literal of a mounted kustomization", map[string]string{"r/kustomization.yaml": "secretGenerator: [{name: s, literals: [canary]}]"}, Source{Path: "m", Mounts: []flux.Mount{{From: "r/**", To: "m"}}}, "invalid-kustomization", "A generator in r/kustomization.yaml has a literal"},
		{"broken YAML in a mounted file", map[string]string{"r/kustomization.yaml": "resources: [c.yaml]", "r/c.yaml": "a: b\n c: [\n"}, Source{Path: "m", Mounts: []flux.Mount{{From: "r/**", To: "m"}}}, "syntax", "r/c.yaml is not valid YAML"},
	}
	for _, one := range cases {
		t.Run(one.name, func(t *testing.T) {
			_, _, problem := rendered(t, one.files, one.source, false)
			if problem == nil {
				t.Fatal("it rendered")
			}
			if problem.Kind != one.kind || !strings.Contains(problem.Message, one.message) {
				t.Errorf("got %s: %s, want %s: %s", problem.Kind, problem.Message, one.kind, one.message)
			}
		})
	}
}

func TestIgnoredFilesAreNotGenerated(t *testing.T) {
	files := map[string]string{
		"o/a.yaml": configMap, "o/ci/.travis.yml": "language: go\n", "o/sub/values.yaml": "a: b\n", "o/sub/deep/values.yaml": "a: b\n", "o/sub/keep/values.yaml": strings.Replace(configMap, "name: c", "name: k", 1),
		".sourceignore": "values.yaml\n", "o/sub/.sourceignore": "!keep/values.yaml\n",
		"other/.sourceignore": "*\n",
	}
	items, disk, problem := rendered(t, files, Source{Path: "o", Generate: true}, false)
	if problem != nil {
		t.Fatal(problem.Message)
	}
	if len(items) != 2 {
		t.Errorf("%d items:\n%s", len(items), manifests(t, items))
	}
	for _, entry := range disk.Trace() {
		if strings.HasPrefix(entry.Path, "other") || entry.Path == "" || entry.Path == "o/kustomization.yaml" && entry.State != "absent" {
			t.Errorf("traced %+v", entry)
		}
	}
}
