package kustomize

import (
	"encoding/json"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"

	"hydrant/engine/internal/fixture"
	"hydrant/engine/internal/flux"
	"hydrant/engine/internal/rendering"
)

// TestEdits holds each edit to a kustomization that says the same, as `kustomize edit`
// would have written it.
func TestEdits(t *testing.T) {
	base := "resources: [d.yaml]\nnamespace: own\nimages:\n- {name: app, newName: registry/app, newTag: v1}\n- {name: z, newTag: v1}\n"
	files := map[string]string{
		"o/d.yaml":             fluxDeployment,
		"c/kustomization.yaml": "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\ncommonAnnotations: {c: one}\n",
		"n/readme":             "a folder without kustomization\n",
	}
	cases := []struct {
		name    string
		content string
		edits   string
		edited  string
	}{
		{"namespace", base, `{"namespace":"ns"}`, strings.Replace(base, "own", "ns", 1)},
		{"prefix and suffix", base, `{"namePrefix":"p-","nameSuffix":"-s"}`, base + "namePrefix: p-\nnameSuffix: -s\n"},
		{"an image replaces the whole entry", base, `{"images":[{"name":"app","newTag":"v2"}]}`, strings.Replace(base, "newName: registry/app, newTag: v1", "newTag: v2", 1)},
		{"a star keeps a field", base, `{"images":[{"name":"app","newName":"*","newTag":"v2"}]}`, strings.Replace(base, "newTag: v1", "newTag: v2", 1)},
		{"a new image", base, `{"images":[{"name":"side","newName":"other","newTag":"*"}]}`, base + "- {name: side, newName: other}\n"},
		{"imageTags of old", "resources: [d.yaml]\nimageTags: [{name: app, newTag: v1}]\n", `{"images":[{"name":"app","newTag":"v2"}]}`, "resources: [d.yaml]\nimages: [{name: app, newTag: v2}]\n"},
		{"replicas", base + "replicas: [{name: app, count: 2}]\n", `{"replicas":[{"name":"app","count":5}]}`, base + "replicas: [{name: app, count: 5}]\n"},
		{"labels for selectors", base + "commonLabels: {a: one, b: two}\n", `{"labels":[{"pairs":{"a":"x"},"includeSelectors":true}]}`, base + "commonLabels: {a: x, b: two}\n"},
		{"labels", base + "labels: [{pairs: {a: one, b: two}}]\n", `{"labels":[{"pairs":{"a":"x"}}]}`, base + "labels: [{pairs: {a: x, b: two}}]\n"},
		{"labels in templates", base + "labels: [{pairs: {a: one}}]\n", `{"labels":[{"pairs":{"b":"x"},"includeTemplates":true}]}`, base + "labels: [{pairs: {a: one}},{pairs: {b: x}, includeTemplates: true}]\n"},
		{"annotations", base + "commonAnnotations: {a: one}\n", `{"annotations":{"a":"x","b":"y"}}`, base + "commonAnnotations: {a: x, b: 'y'}\n"},
		{"patches", base + "patches: [{target: {kind: Deployment}, patch: '- {op: add, path: /metadata/labels, value: {p: one}}'}]\n",
			`{"patches":[{"target":{"kind":"Deployment"},"patch":"- {op: replace, path: /metadata/labels/p, value: two}","options":{"allowNameChange":true}}]}`,
			base + "patches: [{target: {kind: Deployment}, patch: '- {op: add, path: /metadata/labels, value: {p: two}}'}]\n"},
		{"components", base, `{"components":["../c","../c"]}`, base + "components: [../c]\n"},
		{"missing components", base, `{"components":["../gone","../n","../c"],"ignoreMissingComponents":true}`, base + "components: [../c]\n"},
		{"nothing", base, `{}`, base},
	}
	for _, one := range cases {
		t.Run(one.name, func(t *testing.T) {
			edits := editsOf(t, one.edits)
			got := built(t, files, one.content, edits, false)
			if want := built(t, files, one.edited, nil, false); got != want {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
			if origins := built(t, files, one.content, edits, true); origins != got {
				t.Errorf("asked for origins:\n%s\nnot asked:\n%s", origins, got)
			}
		})
	}
}

func editsOf(t *testing.T, text string) *Edits {
	t.Helper()
	var edits Edits
	if err := json.Unmarshal([]byte(text), &edits); err != nil {
		t.Fatal(err)
	}
	return &edits
}

func built(t *testing.T, files map[string]string, kustomization string, edits *Edits, origins bool) string {
	t.Helper()
	all := map[string]string{"o/kustomization.yaml": kustomization}
	for name, content := range files {
		all[name] = content
	}
	items, _, problem := rendered(t, all, Source{Path: "o", Edits: edits}, origins)
	if problem != nil {
		t.Fatal(problem.Message)
	}
	for _, item := range items {
		if origins && (item.Origin.Path == nil || *item.Origin.Path != "o/d.yaml") {
			t.Errorf("origin %+v", item.Origin)
		}
	}
	return manifests(t, items)
}

func TestEditsProblems(t *testing.T) {
	files := map[string]string{"o/kustomization.yaml": "resources: [d.yaml]\nnope: x\n", "o/d.yaml": fluxDeployment}
	if _, _, problem := rendered(t, files, Source{Path: "o", Edits: &Edits{Namespace: "ns"}}, false); problem == nil || problem.Kind != "invalid-kustomization" {
		t.Errorf("an unknown field: %+v", problem)
	}
	files["o/kustomization.yaml"] = "resources: [d.yaml]\n"
	if _, _, problem := rendered(t, files, Source{Path: "o", Edits: &Edits{Components: []string{"../gone"}}}, false); problem == nil || problem.Kind != "missing-file" {
		t.Errorf("a missing component: %+v", problem)
	}
}

// TestEditsThroughASymlink: the folder may be named by a link.
func TestEditsThroughASymlink(t *testing.T) {
	files := map[string]string{"real/kustomization.yaml": "resources: [d.yaml]\n", "real/d.yaml": fluxDeployment, "o": "-> real"}
	items, _, problem := rendered(t, files, Source{Path: "o", Edits: &Edits{Namespace: "ns"}}, true)
	if problem != nil {
		t.Fatal(problem.Message)
	}
	if items[0].Node.GetNamespace() != "ns" || *items[0].Origin.Path != "real/d.yaml" {
		t.Errorf("got %s, %+v", manifests(t, items), items[0].Origin)
	}
}

func TestOrigins(t *testing.T) {
	b := strings.Replace(configMap, "name: c", "name: b", 1)
	cases := []struct {
		name   string
		files  map[string]string
		source Source
		want   string // path, configuredIn, generator and transformations of each item
	}{
		{"generated", map[string]string{"o/c.yaml": configMap, "o/sub/b.yaml": b}, Source{Path: "o", Generate: true, Edits: &Edits{NamePrefix: "p-"}},
			`[["o/c.yaml",null,null,[]],["o/sub/b.yaml",null,null,[]]]`},
		{"edited", map[string]string{"o/kustomization.yaml": "resources: [../x]\nconfigMapGenerator: [{name: g}]\n", "x/kustomization.yaml": "resources: [b.yaml]\n", "x/b.yaml": b}, Source{Path: "o", Edits: &Edits{NamePrefix: "p-"}},
			`[["x/b.yaml",null,null,[["o/kustomization.yaml","PrefixTransformer"]]],[null,"o/kustomization.yaml","ConfigMapGenerator",[["o/kustomization.yaml","PrefixTransformer"]]]]`},
		{"mounted", map[string]string{"apps/app/kustomization.yaml": "resources: [b.yaml]\nconfigMapGenerator: [{name: g}]\n", "apps/app/b.yaml": b},
			Source{Path: "m/sub", Mounts: []flux.Mount{{From: "apps/app/**", To: "m/sub"}}},
			`[["apps/app/b.yaml",null,null,[]],[null,"apps/app/kustomization.yaml","ConfigMapGenerator",[]]]`},
	}
	for _, one := range cases {
		t.Run(one.name, func(t *testing.T) {
			items, _, problem := rendered(t, one.files, one.source, true)
			if problem != nil {
				t.Fatal(problem.Message)
			}
			if got := originsOf(t, items); got != one.want {
				t.Errorf("got  %s\nwant %s", got, one.want)
			}
		})
	}
}

func originsOf(t *testing.T, items []rendering.Item) string {
	t.Helper()
	all := [][]any{}
	for _, item := range items {
		transformations := [][]string{}
		for _, step := range item.Origin.Transformations {
			// Every kustomization has these two, whatever it has to change.
			if step.Transformer != "HashTransformer" && step.Transformer != "NamespaceTransformer" {
				transformations = append(transformations, []string{step.ConfiguredIn, step.Transformer})
			}
		}
		all = append(all, []any{item.Origin.Path, item.Origin.ConfiguredIn, item.Origin.Generator, transformations})
	}
	text, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestPostRender(t *testing.T) {
	files := map[string]string{"o/kustomization.yaml": "resources: [d.yaml, c.yaml]\n", "o/d.yaml": fluxDeployment, "o/c.yaml": configMap}
	disk := fixture.Disk(t, files)
	items, err := Render(disk, Source{Path: "o"}, true)
	if err != nil {
		t.Fatal(err)
	}
	var edits Edits
	if err := yaml.Unmarshal([]byte("images: [{name: app, newTag: v2}]\npatches:\n- target: {kind: ConfigMap}\n  patch: '- {op: add, path: /data, value: {a: b}}'\n"), &edits); err != nil {
		t.Fatal(err)
	}
	result, err := PostRender(disk, items, edits)
	if err != nil {
		t.Fatal(err)
	}
	text := manifests(t, result)
	if !strings.Contains(text, "app:v2") || !strings.Contains(text, "a: b") || strings.Contains(text, "origin") {
		t.Errorf("got:\n%s", text)
	}
	for i, item := range result {
		want := map[string]string{"Deployment": "o/d.yaml", "ConfigMap": "o/c.yaml"}[item.Node.GetKind()]
		if item.Origin.Path == nil || *item.Origin.Path != want {
			t.Errorf("origin of %d: %+v", i, item.Origin)
		}
	}
	_, err = PostRender(disk, items, Edits{PatchesStrategicMerge: []inlinePatch{"apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n"}})
	var problem *Problem
	if problem, _ = err.(*Problem); problem == nil || problem.Kind != "patch-target" {
		t.Errorf("a patch that matches nothing: %v", err)
	}
	if none, err := PostRender(disk, nil, edits); err != nil || len(none) != 0 {
		t.Errorf("nothing: %v, %v", none, err)
	}
}
