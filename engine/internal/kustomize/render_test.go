package kustomize

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/filesys"

	"hydrant/engine/internal/fixture"
	"hydrant/engine/internal/gitfs"
	"hydrant/engine/internal/rendering"
)

// rendered renders a folder of a commit with the given files.
func rendered(t *testing.T, files map[string]string, source Source, origins bool) ([]rendering.Item, *gitfs.FileSystem, *Problem) {
	t.Helper()
	disk := fixture.Disk(t, files)
	items, err := Render(disk, source, origins)
	var problem *Problem
	if err != nil && !errors.As(err, &problem) {
		t.Fatalf("not a problem: %v", err)
	}
	for _, item := range items {
		if _, err := item.YAML(); err != nil {
			problem = NotWritten(err, disk)
		}
	}
	return items, disk, problem
}

// manifests is what `kustomize build` would print.
func manifests(t *testing.T, items []rendering.Item) string {
	t.Helper()
	texts := make([]string, 0, len(items))
	for _, item := range items {
		text, err := item.YAML()
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(text))
	}
	return strings.Join(texts, "---\n")
}

const configMap = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n"

// TestIdenticalToACheckout holds every construct to the library on a real checkout.
func TestIdenticalToACheckout(t *testing.T) {
	deployment := "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: app\nspec:\n  template:\n    spec:\n      containers:\n      - name: app\n        image: app:1\n        env:\n        - name: A\n          value: b\n"
	base := map[string]string{
		"base/kustomization.yaml": "resources: [d.yaml]\ncommonLabels: {app: app}\nconfigMapGenerator:\n- name: c\n  literals: [a=b]\n",
		"base/d.yaml":             deployment,
	}
	cases := map[string]map[string]string{
		"images, replicas, namespace, prefixes": {"o/kustomization.yaml": "namespace: ns\nnamePrefix: p-\nnameSuffix: -s\nresources: [../base]\nimages: [{name: app, newTag: v2}]\nreplicas: [{name: app, count: 3}]\n"},
		"generators that merge":                 {"o/kustomization.yaml": "resources: [../base]\nconfigMapGenerator:\n- name: c\n  behavior: merge\n  literals: [x=y]\n  files: [f.txt]\nsecretGenerator:\n- name: s\n  envs: [e.env]\n", "o/f.txt": "text\r\nwith crlf", "o/e.env": "A=canary-env\n"},
		"binary data":                           {"o/kustomization.yaml": "configMapGenerator:\n- name: b\n  files: [bin]\n", "o/bin": "\xff\xfe\x00x"},
		"patches":                               {"o/kustomization.yaml": "resources: [../base]\npatches:\n- path: p.yaml\n- target: {kind: Deployment}\n  patch: |-\n    - op: add\n      path: /spec/template/spec/containers/0/env/-\n      value: {name: N, value: w}\n", "o/p.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: app}\nspec: {paused: true}\n"},
		"legacy fields":                         {"o/kustomization.yaml": "bases: [../base]\npatchesStrategicMerge: [p.yaml]\npatchesJson6902:\n- target: {group: apps, version: v1, kind: Deployment, name: app}\n  path: j.yaml\nvars:\n- name: V\n  objref: {kind: Deployment, name: app, apiVersion: apps/v1}\n", "o/p.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: app}\nspec: {replicas: 2}\n", "o/j.yaml": "- op: replace\n  path: /spec/replicas\n  value: 4\n"},
		"components":                            {"o/kustomization.yaml": "resources: [../base]\ncomponents: [../c]\n", "c/kustomization.yaml": "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnamespace: from-component\n"},
		"replacements":                          {"o/kustomization.yaml": "resources: [../base]\nreplacements:\n- source: {kind: Deployment, fieldPath: metadata.name}\n  targets:\n  - select: {kind: Deployment}\n    fieldPaths: [spec.template.spec.containers.0.name]\n"},
		"symlinks":                              {"o/kustomization.yaml": "resources: [../link]\n", "link": "-> base"},
		"configurations":                        {"o/kustomization.yaml": "resources: [../base]\nnamePrefix: x-\nconfigurations: [conf.yaml]\n", "o/conf.yaml": "namePrefix:\n- path: spec/template/spec/containers/name\n"},
		"generators and transformers in files":  {"o/kustomization.yaml": "resources: [../base]\ntransformers: [t.yaml]\ngenerators: [g.yaml]\n", "o/t.yaml": "apiVersion: builtin\nkind: LabelTransformer\nmetadata: {name: l}\nlabels: {x: y}\nfieldSpecs: [{path: metadata/labels, create: true}]\n", "o/g.yaml": "apiVersion: builtin\nkind: ConfigMapGenerator\nmetadata: {name: g}\nliterals: [a=b]\n"},
		"an openapi schema":                     {"o/kustomization.yaml": "resources: [r.yaml]\nopenapi: {path: schema.json}\npatches:\n- path: p.yaml\n", "o/r.yaml": thing("a", "1"), "o/p.yaml": thing("b", "2"), "o/schema.json": thingSchema},
		"sort order":                            {"o/kustomization.yaml": "resources: [../base]\nsortOptions: {order: legacy}\n"},
		"build metadata of one's own":           {"o/kustomization.yaml": "resources: [../base]\nbuildMetadata: [managedByLabel]\n"},
	}
	for name, files := range cases {
		t.Run(name, func(t *testing.T) {
			for path, content := range base {
				files[path] = content
			}
			dir, disk := fixture.Checkout(t, files)
			onDisk, err := krusty.MakeKustomizer(buildOptions()).Run(filesys.MakeFsOnDisk(), filepath.Join(dir, "o"))
			if err != nil {
				t.Fatal(err)
			}
			wanted, err := onDisk.AsYaml()
			if err != nil {
				t.Fatal(err)
			}
			for _, origins := range []bool{false, true, false} {
				items, err := Render(disk, Source{Path: "o"}, origins)
				if err != nil {
					t.Fatal(err)
				}
				if got := manifests(t, items); got != string(wanted) {
					t.Errorf("origins %t, got:\n%s\nwant:\n%s", origins, got, wanted)
				}
			}
		})
	}
}

func thing(name, value string) string {
	return "apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: t}\nspec:\n  items:\n  - name: " + name + "\n    value: " + value + "\n"
}

const thingSchema = `{"definitions": {"v1.Thing": {"type": "object", "x-kubernetes-group-version-kind": [{"group": "example.com", "version": "v1", "kind": "Thing"}], "properties": {"spec": {"type": "object", "properties": {"items": {"type": "array", "items": {"type": "object"}, "x-kubernetes-patch-strategy": "merge", "x-kubernetes-patch-merge-key": "name"}}}}}}}`

// TestSchemaDoesNotReachTheNextTarget: kustomize keeps the schema of `openapi` globally.
func TestSchemaDoesNotReachTheNextTarget(t *testing.T) {
	files := map[string]string{
		"with/kustomization.yaml":    "resources: [r.yaml]\nopenapi: {path: schema.json}\npatches: [{path: p.yaml}]\n",
		"with/r.yaml":                thing("a", "1"),
		"with/p.yaml":                thing("b", "2"),
		"with/schema.json":           thingSchema,
		"without/kustomization.yaml": "resources: [r.yaml]\npatches: [{path: p.yaml}]\n",
		"without/r.yaml":             thing("a", "1"),
		"without/p.yaml":             thing("b", "2"),
	}
	disk := fixture.Disk(t, files)
	manifestsOf := func(path string) string {
		items, err := Render(disk, Source{Path: path}, false)
		if err != nil {
			t.Fatal(err)
		}
		return manifests(t, items)
	}
	before := manifestsOf("without")
	if merged := manifestsOf("with"); strings.Count(merged, "name:") != 3 {
		t.Errorf("the schema's merge key was not used:\n%s", merged)
	}
	if after := manifestsOf("without"); after != before {
		t.Errorf("another target's schema was used:\n%s", after)
	}
}

// TestOwnSchemaTakesThePlaceOfTheBuiltInOne: with it, kustomize knows no merge keys of
// Kubernetes' own kinds, whatever was built before in the same process.
func TestOwnSchemaTakesThePlaceOfTheBuiltInOne(t *testing.T) {
	deployment := func(container string) string {
		return "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: d\nspec:\n  template:\n    spec:\n      containers:\n      - name: " + container + "\n"
	}
	disk := fixture.Disk(t, map[string]string{
		"plain/kustomization.yaml": "resources: [d.yaml]\npatches: [{path: p.yaml}]\n",
		"plain/d.yaml":             deployment("a"),
		"plain/p.yaml":             deployment("b"),
		"own/kustomization.yaml":   "resources: [d.yaml]\nopenapi: {path: schema.json}\npatches: [{path: p.yaml}]\n",
		"own/d.yaml":               deployment("a"),
		"own/p.yaml":               deployment("b"),
		"own/schema.json":          thingSchema,
	})
	for _, expected := range []struct {
		path       string
		containers int
	}{{"plain", 2}, {"own", 1}, {"plain", 2}} {
		items, err := Render(disk, Source{Path: expected.path}, false)
		if err != nil {
			t.Fatal(err)
		}
		if text := manifests(t, items); strings.Count(text, "- name:") != expected.containers {
			t.Errorf("%s:\n%s", expected.path, text)
		}
	}
}

func TestTraceHasWhatWasLookedForInVain(t *testing.T) {
	_, disk, _ := rendered(t, map[string]string{"o/kustomization.yaml": "resources: [link/c.yaml]", "o/link": "-> d", "o/d/c.yaml": configMap}, Source{Path: "o"}, false)
	states := map[string]string{}
	for _, entry := range disk.Trace() {
		states[entry.Path] = entry.State
	}
	for path, state := range map[string]string{"o/kustomization.yaml": "file", "o/kustomization.yml": "absent", "o/Kustomization": "absent", "o/link": "file", "o/d/c.yaml": "file"} {
		if states[path] != state {
			t.Errorf("%s is %q, want %q", path, states[path], state)
		}
	}
}
