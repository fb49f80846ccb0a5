package render

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hydrant/engine/internal/causes"
	"hydrant/engine/internal/fixture"
	"hydrant/engine/internal/redact"
)

// causesOf asks for the causes of all values that the source puts into Secrets; what is found
// is told as `path:line field`, by the value.
func causesOf(t *testing.T, files map[string]string, source string, values ...string) (random []string, found map[string][]string) {
	t.Helper()
	dir, id := fixture.Commit(t, files)
	redaction := redact.Redaction{Mode: redact.Digest, Key: "k"}
	params := CausesParams{GitDir: filepath.Join(dir, ".git"), Commit: id, Redaction: redaction}
	if err := json.Unmarshal([]byte(source), &params.Source); err != nil {
		t.Fatal(err)
	}
	names := map[string]string{}
	for _, value := range values {
		names[redaction.Digest(value)] = value
		params.Values = append(params.Values, redaction.Digest(value))
	}
	reply := (&Renderer{}).Causes(params)
	text, err := json.Marshal(reply)
	if err != nil || strings.Contains(string(text), "canary-") {
		t.Errorf("%v: %s", err, text)
	}
	for _, digest := range reply.Random {
		random = append(random, names[digest])
	}
	return random, shown(reply, names)
}

func shown(reply causes.Found, names map[string]string) map[string][]string {
	found := map[string][]string{}
	for _, cause := range reply.Causes {
		place := cause.Path + ":" + strings.Repeat("#", cause.Line) + " " + strings.Join(cause.Field, ".")
		found[names[cause.Value]] = append(found[names[cause.Value]], place)
	}
	return found
}

const chartFile = "apiVersion: v2\nname: c\nversion: 1.0.0\n"
const helmSource = `{"tool":"helm","chart":{"path":"c"},"releaseName":"r","namespace":"n","includeCrds":false,"values":[`

func secretOf(values string) string {
	return "apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\n" + values
}

func TestCausesOfValues(t *testing.T) {
	for _, test := range []struct {
		name, template, values, layers string
		asked                          string
		want                           []string
	}{
		{"a chart's value", "stringData:\n  a: {{ .Values.password }}\n", "password: canary-1\n", "", "canary-1", []string{"c/values.yaml:# password"}},
		{"encoded by the template", "data:\n  a: {{ .Values.auth.key | b64enc }}\n", "x: y\nauth:\n  key: canary-2\n", "", "canary-2", []string{"c/values.yaml:### auth.key"}},
		{"encoded by its author", "data:\n  a: {{ .Values.auth }}\n", "auth: Y2FuYXJ5LTM=\n", "", "canary-3", []string{"c/values.yaml:# auth"}},
		{"a part of the value", "stringData:\n  url: postgres://u:{{ .Values.password }}@db.example.com\n", "host: db.example.com\npassword: canary-4\n", "", "postgres://u:canary-4@db.example.com", []string{"c/values.yaml:## password"}},
		{"a number", "stringData:\n  a: {{ .Values.pin | quote }}\n", "pin: 1234\n", "", "1234", []string{"c/values.yaml:# pin"}},
		{"a template in the values", "stringData:\n  a: {{ tpl .Values.text . }}\n", "text: canary-{{ .Release.Name }}\n", "", "canary-r", []string{"c/values.yaml:# text"}},
		{"another values file", "stringData:\n  a: {{ .Values.a }}\n", "a: words\n", `{"file":"prod.yaml"}`, "canary-prod", []string{"prod.yaml:# a"}},
		{"values of the source", "stringData:\n  a: {{ .Values.a }}\n", "a: words\n", `{"inline":{"a":"canary-5"}}`, "canary-5", []string{": a"}},
		{"values as text", "stringData:\n  a: {{ .Values.a.b }}\n", "a: {}\n", `{"text":"a:\n  b: canary-6\n"}`, "canary-6", []string{": a.b"}},
		{"a parameter", "stringData:\n  a: {{ .Values.a.b }}\n", "a: {}\n", `{"set":"a.b=canary-7"}`, "canary-7", []string{": a.b"}},
		{"the template itself", "stringData:\n  a: canary-8\n  b: {{ .Values.b }}\n", "b: words\n", "", "canary-8", nil},
		{"a value of the same text that is not the cause", "stringData:\n  a: canary-9{{ .Values.b }}\n", "b: ''\nother: canary-9\n", "", "canary-9", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			files := map[string]string{
				"c/Chart.yaml": chartFile, "c/values.yaml": test.values, "prod.yaml": "a: canary-prod\n",
				"c/templates/s.yaml": secretOf(test.template),
			}
			random, found := causesOf(t, files, helmSource+test.layers+"]}", test.asked)
			if len(random) > 0 || !slices.Equal(found[test.asked], test.want) {
				t.Errorf("random %v, found %v", random, found)
			}
		})
	}
}

func TestRandomValues(t *testing.T) {
	const made = "stringData:\n  a: {{ randAlphaNum 12 }}\n  b: {{ .Values.b }}\n  c: {{ now | unixEpoch | quote }}\n"
	dir, id := fixture.Commit(t, map[string]string{
		"c/Chart.yaml": chartFile, "c/values.yaml": "b: canary-b\n", "c/templates/s.yaml": secretOf(made),
	})
	redaction := redact.Redaction{Mode: redact.Digest, Key: "k"}
	params := CausesParams{GitDir: filepath.Join(dir, ".git"), Commit: id, Redaction: redaction}
	if err := json.Unmarshal([]byte(helmSource+"]}"), &params.Source); err != nil {
		t.Fatal(err)
	}
	_, items, err := (&Renderer{}).changed(params, causes.Change{})
	if err != nil {
		t.Fatal(err)
	}
	for _, value := range redaction.SecretValues(items) {
		params.Values = append(params.Values, value.Digest)
	}
	reply := (&Renderer{}).Causes(params)
	if len(params.Values) != 3 || len(reply.Random) != 2 || slices.Contains(reply.Random, redaction.Digest("canary-b")) {
		t.Errorf("asked for %d, random are %d", len(params.Values), len(reply.Random))
	}
	again, _, err := (&Renderer{}).changed(params, causes.Change{})
	if err != nil || again == nil {
		t.Fatal(err)
	}
}

func TestCausesOutsideOfCharts(t *testing.T) {
	t.Run("a variable of Flux", func(t *testing.T) {
		files := map[string]string{"o/kustomization.yaml": "resources: [s.yaml]\n", "o/s.yaml": secretOf("stringData:\n  a: ${PASSWORD}\n")}
		_, found := causesOf(t, files, `{"tool":"kustomize","path":"o","steps":[{"step":"substitute","variables":{"PASSWORD":"canary-1"}}]}`, "canary-1")
		if want := []string{": PASSWORD"}; !slices.Equal(found["canary-1"], want) {
			t.Errorf("found %v", found)
		}
	})
	t.Run("a replacement", func(t *testing.T) {
		files := map[string]string{
			"o/kustomization.yaml": "resources: [s.yaml, c.yaml]\nreplacements:\n- source: {kind: ConfigMap, fieldPath: data.p}\n  targets: [{select: {kind: Secret}, fieldPaths: [stringData.a]}]\n",
			"o/s.yaml":             secretOf("stringData:\n  a: ''\n"), "o/c.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n  p: canary-2\n",
		}
		_, found := causesOf(t, files, `{"tool":"kustomize","path":"o"}`, "canary-2")
		if want := []string{"o/c.yaml:###### data.p"}; !slices.Equal(found["canary-2"], want) {
			t.Errorf("found %v", found)
		}
	})
	t.Run("what does not render has none", func(t *testing.T) {
		random, found := causesOf(t, map[string]string{"a": "b"}, `{"tool":"kustomize","path":"o"}`, "canary-3")
		if len(random)+len(found) > 0 {
			t.Errorf("%v %v", random, found)
		}
	})
}

func TestTries(t *testing.T) {
	dir, id := fixture.Commit(t, map[string]string{
		"o/kustomization.yaml": "resources: [link.yaml]\n",
		"o/link.yaml":          "-> c.yaml",
		"o/c.yaml":             configMap,
	})
	params := CausesParams{GitDir: filepath.Join(dir, ".git"), Commit: id}
	if err := json.Unmarshal([]byte(`{"tool":"kustomize","path":"o"}`), &params.Source); err != nil {
		t.Fatal(err)
	}
	params.Tries = []causes.Try{
		{Path: "o/c.yaml", Text: "not: a resource\n"},
		{Path: "o/c.yaml", Text: strings.Replace(configMap, "name: c", "name: d", 1)},
		{Source: json.RawMessage(`{"tool":"kustomize","path":"missing"}`)},
		{},
	}
	renderer := &Renderer{}
	if found := renderer.Causes(params); !slices.Equal(found.Renders, []bool{false, true, false, true}) {
		t.Errorf("renders %v", found.Renders)
	}
	if again := renderer.Causes(params); !slices.Equal(again.Renders, []bool{false, true, false, true}) {
		t.Errorf("the commit itself has changed: %v", again.Renders)
	}
}
