package kustomize

import (
	"slices"
	"strings"
	"testing"

	"hydrant/engine/internal/confine"
	"hydrant/engine/internal/fixture"
)

const (
	program = "apiVersion: own.example/v1\nkind: Sealer\nmetadata: {name: s, annotations: {config.kubernetes.io/function: 'exec: {path: sealer}'}}\nfiles: [sealed.txt]\n"
	builtIn = "apiVersion: builtin\nkind: AnnotationsTransformer\nmetadata: {name: a}\nannotations: {b: c}\nfieldSpecs: [{path: metadata/annotations, create: true}]\n"
)

func TestPluginsAreLeftOut(t *testing.T) {
	confine.Process()
	indented := strings.ReplaceAll("\n"+program, "\n", "\n  ")
	cases := []struct{ name, fields, where, annotation string }{
		{"a generator's file", "generators: [p.yaml]", "o/p.yaml", ""},
		{"a text", "generators:\n- |" + indented, "o/kustomization.yaml", ""},
		{"a folder", "generators: [g]", "o/g", ""},
		{"a transformer", "transformers: [p.yaml]", "o/p.yaml", ""},
		{"a validator", "validators: [p.yaml]", "o/p.yaml", ""},
		{"one of two in a file", "transformers: [both.yaml]", "o/both.yaml", "c"},
	}
	for _, one := range cases {
		t.Run(one.name, func(t *testing.T) {
			disk := fixture.Disk(t, map[string]string{
				"o/kustomization.yaml": "resources: [c.yaml]\n" + one.fields, "o/c.yaml": configMap, "o/sealed.txt": "x",
				"o/p.yaml": program, "o/g/kustomization.yaml": "resources: [p.yaml]", "o/g/p.yaml": program, "o/both.yaml": program + "---\n" + builtIn,
			})
			items, err := Render(disk, Source{Path: "o"}, false)
			if err != nil || len(items) != 1 || items[0].Node.GetAnnotations()["b"] != one.annotation {
				t.Fatalf("got %d items and %v", len(items), err)
			}
			want := "Sealer (" + one.where + ") is a plugin of kustomize, and nothing that a repository brings is executed: the rest is rendered without it"
			if got := disk.LeftOut(); !slices.Equal(got, []string{want}) {
				t.Errorf("left out: %q, want %q", got, want)
			}
			if _, read := disk.Contents()["o/sealed.txt"]; !read {
				t.Error("what the plugin names was not read")
			}
		})
	}
}

func TestWhatLacksAPluginsResourcesIsNoMistake(t *testing.T) {
	confine.Process()
	files := map[string]string{"o/p.yaml": program, "o/kustomization.yaml": "generators: [p.yaml]\npatches: [{patch: '{apiVersion: v1, kind: Secret, metadata: {name: sealed}, type: x}'}]"}
	_, _, problem := rendered(t, files, Source{Path: "o"}, false)
	if problem == nil || problem.Kind != "unsupported" || !strings.HasPrefix(problem.Message, "Without what its plugins would make, which are not run, it does not render: No resource matches") {
		t.Errorf("got %v", problem)
	}
	_, _, problem = rendered(t, files, Source{Path: "o", Generate: true}, false)
	if problem == nil || problem.Kind != "other" {
		t.Errorf("Flux refuses plugins, got %v", problem)
	}
}

func TestPluginsInCirclesEnd(t *testing.T) {
	confine.Process()
	cases := map[string]map[string]string{
		"itself":      {"o/kustomization.yaml": "resources: [c.yaml]\ngenerators: [.]"},
		"its parent":  {"kustomization.yaml": "resources: [o]", "o/kustomization.yaml": "resources: [c.yaml]\ngenerators: [..]"},
		"one another": {"o/kustomization.yaml": "resources: [c.yaml]\ngenerators: [../p]", "p/kustomization.yaml": "generators: [../o]"},
		"no text":     {"o/kustomization.yaml": "resources: [c.yaml]\ngenerators: [{kind: Sealer}]"},
	}
	for name, files := range cases {
		t.Run(name, func(t *testing.T) {
			files["o/c.yaml"] = configMap
			disk := fixture.Disk(t, files)
			// kustomize refuses all of them; what is taken for a plugin is at least told.
			if _, err := Render(disk, Source{Path: "o"}, false); err == nil && len(disk.LeftOut()) == 0 {
				t.Error("it rendered as a whole")
			}
		})
	}
}

func TestAPluginMayBeAll(t *testing.T) {
	confine.Process()
	items, _, problem := rendered(t, map[string]string{"o/p.yaml": program, "o/kustomization.yaml": "generators: [p.yaml]"}, Source{Path: "o"}, false)
	if problem != nil || len(items) != 0 {
		t.Errorf("got %d items and %v", len(items), problem)
	}
}

func TestLoadRestrictions(t *testing.T) {
	confine.Process()
	files := map[string]string{"o/kustomization.yaml": "resources: [../c.yaml]", "c.yaml": configMap}
	if _, _, problem := rendered(t, files, Source{Path: "o"}, false); problem == nil || problem.Kind != "forbidden-path" {
		t.Errorf("got %v", problem)
	}
	if items, _, problem := rendered(t, files, Source{Path: "o", Unrestricted: true}, false); problem != nil || len(items) != 1 {
		t.Errorf("got %d items and %v", len(items), problem)
	}
}

func TestBuildMetadata(t *testing.T) {
	confine.Process()
	source := Source{Path: "o", Generate: true, Edits: &Edits{BuildMetadata: []string{"originAnnotations"}}}
	items, _, problem := rendered(t, map[string]string{"o/c.yaml": configMap}, source, false)
	if problem != nil || len(items) != 1 || items[0].Node.GetAnnotations()["config.kubernetes.io/origin"] != "path: c.yaml\n" {
		t.Errorf("got %v and %v", items, problem)
	}
}

func TestChartsOfAGeneratorsFile(t *testing.T) {
	confine.Process()
	files := map[string]string{
		"o/kustomization.yaml":           "generators: [h.yaml]",
		"o/h.yaml":                       "apiVersion: builtin\nkind: HelmChartInflationGenerator\nmetadata: {name: h}\nname: app\n",
		"o/charts/app/Chart.yaml":        "apiVersion: v2\nname: app\nversion: 1.0.0\n",
		"o/charts/app/values.yaml":       "",
		"o/charts/app/templates/cm.yaml": configMap,
	}
	if items, _, problem := rendered(t, files, Source{Path: "o"}, false); problem != nil || len(items) != 1 {
		t.Errorf("got %d items and %v", len(items), problem)
	}
}
