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

func TestLimits(t *testing.T) {
	deep := func(levels int) string {
		return configMap + "data:\n  a: " + strings.Repeat("[", levels) + strings.Repeat("]", levels) + "\n"
	}
	files := func(levels int) map[string]string {
		return map[string]string{"o/kustomization.yaml": "resources: [c.yaml]\n", "o/c.yaml": strings.Replace(deep(levels), "kind: ConfigMap", "kind: Odd", 1)}
	}
	const source = `{"tool":"kustomize","path":"o"}`
	if reply := render(t, files(150), source, "resources"); reply.Problem != nil {
		t.Errorf("150 levels: %s", reply.Problem.Message)
	}
	reply := render(t, files(3000), source, "resources")
	if reply.Problem == nil || reply.Problem.Message != "Odd c is nested deeper than 200 levels, which is not followed." {
		t.Errorf("3000 levels: %+v", reply.Problem)
	}
	large := map[string]string{"o/kustomization.yaml": "configMapGenerator: [{name: x, files: [big.txt]}]\n", "o/big.txt": strings.Repeat("some words on a line\n", 500_000)}
	reply = render(t, large, source, "resources")
	if reply.Problem == nil || !strings.HasPrefix(reply.Problem.Message, "ConfigMap x-") || !strings.HasSuffix(reply.Problem.Message, " has more than 8 MiB, which no cluster takes.") {
		t.Errorf("10 MiB: %+v", reply.Problem)
	}
	if depth := depthOf([]byte(`{"a":"[[[\\\"[","b":[{}]}`)); depth != 3 {
		t.Errorf("brackets in a text count: %d", depth)
	}
}
