package render

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"hydrant/engine/internal/fixture"
	"hydrant/engine/internal/redact"
)

// render renders a source, given as JSON, at a commit with the given files.
func render(t *testing.T, files map[string]string, source, want string) Reply {
	t.Helper()
	return renderWith(t, files, source, want, redact.Redaction{Mode: redact.Mask})
}

func renderWith(t *testing.T, files map[string]string, source, want string, redaction redact.Redaction) Reply {
	t.Helper()
	dir, id := fixture.Commit(t, files)
	params := Params{GitDir: filepath.Join(dir, ".git"), Commit: id, Want: want, Redaction: redaction}
	if err := json.Unmarshal([]byte(source), &params.Source); err != nil {
		t.Fatal(err)
	}
	return (&Renderer{}).Render(params)
}

const configMap = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n"

func TestKustomizeSource(t *testing.T) {
	files := map[string]string{
		"o/kustomization.yaml": "resources: [c.yaml]\nsecretGenerator:\n- name: s\n  literals: [a=canary-literal]\n",
		"o/c.yaml":             configMap,
	}
	reply := render(t, files, `{"tool":"kustomize","path":"o"}`, "origins")
	if reply.Problem != nil {
		t.Fatal(reply.Problem.Message)
	}
	if len(reply.Resources) != 2 || len(reply.Origins) != 2 || len(reply.Trace) == 0 {
		t.Fatalf("got %+v", reply)
	}
	if origin := reply.Origins[0]; *origin.Path != "o/c.yaml" || origin.Generator != nil {
		t.Errorf("origin %+v", origin)
	}
	if origin := reply.Origins[1]; *origin.ConfiguredIn != "o/kustomization.yaml" || *origin.Generator != "SecretGenerator" {
		t.Errorf("origin %+v", origin)
	}
	text, err := json.Marshal(reply)
	if err != nil || strings.Contains(string(text), "canary-") {
		t.Errorf("%v: %s", err, text)
	}
}

func TestChangedFiles(t *testing.T) {
	files := map[string]string{
		"o/kustomization.yaml":          "resources: [link.yaml]\nhelmCharts:\n- name: web\n  valuesFile: values.yaml\nhelmGlobals:\n  chartHome: charts\n",
		"o/link.yaml":                   "-> c.yaml",
		"o/c.yaml":                      configMap,
		"o/values.yaml":                 "a: one\n",
		"o/charts/web/Chart.yaml":       "apiVersion: v2\nname: web\nversion: 1.0.0\n",
		"o/charts/web/values.yaml":      "a: none\nb: x\n",
		"o/charts/web/templates/c.yaml": strings.Replace(configMap, "name: c", "name: web", 1) + "data: {a: {{ .Values.a }}, b: {{ .Values.b }}}\n",
	}
	dir, id := fixture.Commit(t, files)
	params := Params{GitDir: filepath.Join(dir, ".git"), Commit: id, Want: "manifests", Redaction: redact.Redaction{Mode: redact.None}}
	if err := json.Unmarshal([]byte(`{"tool":"kustomize","path":"o"}`), &params.Source); err != nil {
		t.Fatal(err)
	}
	renderer := &Renderer{}
	before := renderer.Render(params)
	params.Changed = []Changed{
		{Path: "o/values.yaml", Text: "a: two\n"},
		{Path: "o/charts/web/values.yaml", Text: "b: z\n"},
		{Path: "o/c.yaml", Text: strings.Replace(configMap, "name: c", "name: d", 1)},
	}
	changed := renderer.Render(params)
	params.Changed = nil
	after := renderer.Render(params)
	for _, reply := range []Reply{before, changed, after} {
		if reply.Problem != nil {
			t.Fatal(reply.Problem.Message)
		}
	}
	for _, wanted := range []string{"a: two", "b: z", "name: d"} {
		if !strings.Contains(*changed.Manifests, wanted) {
			t.Errorf("no %q in %s", wanted, *changed.Manifests)
		}
	}
	if *before.Manifests != *after.Manifests || !strings.Contains(*after.Manifests, "a: one") {
		t.Errorf("the commit itself has changed: %s", *after.Manifests)
	}
}

func TestCommitThatIsMissing(t *testing.T) {
	dir, _ := fixture.Commit(t, map[string]string{"a": "b"})
	reply := (&Renderer{}).Render(Params{GitDir: filepath.Join(dir, ".git"), Commit: strings.Repeat("1", 40)})
	if reply.Problem == nil || reply.Problem.Kind != "object-missing" {
		t.Errorf("got %+v", reply.Problem)
	}
}

func TestUnknownTool(t *testing.T) {
	reply := render(t, map[string]string{"a": "b"}, `{"tool":"jsonnet"}`, "resources")
	if reply.Problem == nil || reply.Problem.Kind != "other" {
		t.Errorf("got %+v", reply.Problem)
	}
}
