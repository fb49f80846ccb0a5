package render

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"testing"

	"hydrant/engine/internal/causes"
	"hydrant/engine/internal/fixture"
	"hydrant/engine/internal/redact"
)

// fieldCauseOf gives the place of the value that a field of a chart's ConfigMap follows, as
// `path:line steps`, with the number of the layer in place of a path.
func fieldCauseOf(t *testing.T, files map[string]string, source string, field causes.Field) string {
	t.Helper()
	dir, id := fixture.Commit(t, files)
	params := CausesParams{
		GitDir: filepath.Join(dir, ".git"), Commit: id, Fields: []causes.Field{field},
		Redaction: redact.Redaction{Mode: redact.Digest, Key: "k"},
	}
	if err := json.Unmarshal([]byte(source), &params.Source); err != nil {
		t.Fatal(err)
	}
	reply := (&Renderer{}).Causes(params)
	if len(reply.Fields) != 1 {
		t.Fatalf("%v", reply)
	}
	cause := reply.Fields[0]
	switch {
	case cause == nil:
		return "none"
	case cause.Path == "":
		return fmt.Sprintf("%d:%d %v", cause.Layer, cause.Line, cause.Steps)
	}
	return fmt.Sprintf("%s:%d %v", cause.Path, cause.Line, cause.Steps)
}

func TestCausesOfFields(t *testing.T) {
	const strict = `{"properties":{"live":{"type":"boolean"},"name":{"type":"string","enum":["app"]}}}`
	for _, test := range []struct {
		name, template, values, layers string
		path                           []any
		missing                        [][]any
		want                           string
	}{
		{"a chart's value", "data: {a: {{ .Values.name }}}\n", "x: y\nname: app\n", "", []any{"data", "a"}, nil, "c/values.yaml:2 [name]"},
		{"a file over it", "data: {a: {{ .Values.name }}}\n", "name: m\n", `{"file":"prod.yaml"}`, []any{"data", "a"}, nil, "prod.yaml:1 [name]"},
		{"a layer behind a file", "data: {a: {{ .Values.b.name }}}\n", "", `{"file":"prod.yaml"},{"inline":{"b":{"name":"app"}}}`, []any{"data", "a"}, nil, "1:1 [b name]"},
		{"a line of a text", "data: {a: {{ .Values.b.name }}}\n", "", `{"text":"b:\n  name: app\n"}`, []any{"data", "a"}, nil, "0:2 [b name]"},
		{"a parameter", "data: {a: {{ .Values.b }}}\n", "", `{"set":"b=app"}`, []any{"data", "a"}, nil, "0:1 [0]"},
		{"a value at a path", "data: {a: {{ .Values.b }}}\n", "", `{"at":{"path":"b","value":"app"}}`, []any{"data", "a"}, nil, "0:1 [0]"},
		{"a number", "size: {{ .Values.size }}\n", "size: 3\n", "", []any{"size"}, nil, "c/values.yaml:1 [size]"},
		{"what is left out if it is false", "{{ with .Values.live }}live: {{ . }}{{ end }}\n", "live: true\n", "", []any{"live"}, nil, "c/values.yaml:1 [live]"},
		{"an empty mapping of what is missing", "spec: {limits: {{ .Values.limits | toJson }}}\n", "limits: {}\n", "", []any{"spec"}, [][]any{{"spec", "limits", "cpu"}}, "c/values.yaml:1 [limits]"},
		{"what the template says", "data: {a: app}\n", "name: app\n", "", []any{"data", "a"}, nil, "none"},
		{"what fails with another value", "data: {a: {{ .Values.name }}}\n{{ if ne .Values.name \"app\" }}{{ fail \"no\" }}{{ end }}\n", "name: app\n", "", []any{"data", "a"}, nil, "none"},
	} {
		t.Run(test.name, func(t *testing.T) {
			files := map[string]string{
				"c/Chart.yaml": chartFile, "c/values.yaml": test.values, "c/values.schema.json": strict, "prod.yaml": "name: app\n",
				"c/templates/c.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n" + test.template,
			}
			field := causes.Field{Kind: "ConfigMap", Name: "c", Path: test.path, Missing: test.missing}
			if got := fieldCauseOf(t, files, helmSource+test.layers+"]}", field); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func TestCausesOfFieldsOfSeveralSources(t *testing.T) {
	files := map[string]string{
		"c/Chart.yaml": chartFile, "c/templates/c.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: {{ .Values.name }}}\ndata: {a: {{ .Values.a }}}\n",
	}
	first, second := helmSource+`{"set":"name=x"},{"set":"a=app"}]}`, helmSource+`{"set":"name=z"},{"set":"a=app"}]}`
	field := causes.Field{Index: 1, Kind: "ConfigMap", Name: "z", Path: []any{"data", "a"}}
	if got := fieldCauseOf(t, files, `{"tool":"combined","sources":[`+first+","+second+"]}", field); got != "3:1 [0]" {
		t.Errorf("got %s", got)
	}
}

func TestCausesOfFieldsOfWhatDoesNotRender(t *testing.T) {
	field := causes.Field{Kind: "ConfigMap", Name: "c", Path: []any{"data", "a"}}
	if got := fieldCauseOf(t, map[string]string{"a": "b"}, `{"tool":"kustomize","path":"o"}`, field); got != "none" {
		t.Errorf("got %s", got)
	}
}
