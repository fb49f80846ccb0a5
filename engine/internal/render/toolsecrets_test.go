package render

import (
	"strings"
	"testing"

	"hydrant/engine/internal/redact"
)

// app is a chart that makes a Secret of its values, and a copy of that.
var app = map[string]string{
	"app/Chart.yaml":       "apiVersion: v2\nname: app\nversion: 1.0.0\n",
	"app/values.yaml":      "word: CANARY90\n",
	"app/templates/s.yaml": "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {a: '{{ .Values.word }}'}\n",
	"app/templates/c.yaml": configMap + "data: {copy: 'x-{{ .Values.word }}', kept: visible}\n",
}

var otherTools = map[string]struct {
	files  map[string]string
	source string
}{
	"directory": {map[string]string{"o/s.yaml": plainSecret, "o/c.yaml": configMap + "data: {copy: x-CANARY00, kept: visible}\n"}, `{"tool":"directory","path":"o","recurse":true`},
	"helm":      {app, `{"tool":"helm","chart":{"path":"app"},"releaseName":"r","namespace":"n"`},
	"combined": {map[string]string{"o/s.yaml": plainSecret, "p/c.yaml": configMap + "data: {copy: x-CANARY00, kept: visible}\n"},
		`{"tool":"combined","sources":[{"tool":"directory","path":"o"},{"tool":"directory","path":"p"}]`},
}

func TestOtherToolsShowNoSecret(t *testing.T) {
	for name, one := range otherTools {
		t.Run(name, func(t *testing.T) {
			for _, want := range []string{"manifests", "resources", "origins"} {
				reply, text := renderRedacted(t, one.files, one.source+"}", redact.Digest, want)
				if reply.Problem != nil {
					t.Fatal(reply.Problem.Message)
				}
				if canary.MatchString(text) || !strings.Contains(text, "x-hydrant.redacted/") || !strings.Contains(text, "visible") {
					t.Errorf("%s: %s", want, text)
				}
			}
		})
	}
}

// TestStepsQuoteNoSecret: what fails on rendered resources may quote them.
func TestStepsQuoteNoSecret(t *testing.T) {
	for step, message := range map[string]string{
		`{"step":"kustomize","edits":{"patches":[{"target":{"kind":"Secret"},"patch":"- {op: test, path: /stringData/a, value: CANARY91}"}]}}`:                        "A JSON patch tests /stringData/a for another value than its resource has.",
		`{"step":"kustomize","edits":{"patches":[{"target":{"name":"s"},"patch":"- {op: add, path: /stringData/a/b, value: CANARY92"}]}}`:                             "A patch in post-rendering/kustomization.yaml is not one: neither a resource to merge, nor a list of JSON patch operations.",
		`{"step":"kustomize","edits":{"patches":[{"patch":"apiVersion: v1\nkind: Secret\nmetadata: {name: gone}\nstringData: {a: CANARY93}"}]}}`:                      "",
		`{"step":"substitute","variables":{"A":"x"},"always":true},{"step":"kustomize","edits":{"patchesStrategicMerge":["kind: Secret\nstringData: {a: CANARY94"]}}`: "",
	} {
		for name, one := range otherTools {
			reply, text := renderRedacted(t, one.files, one.source+`,"steps":[`+step+"]}", redact.Mask, "resources")
			if reply.Problem == nil {
				t.Fatalf("%s rendered", step)
			}
			if canary.MatchString(text) || message != "" && reply.Problem.Message != message {
				t.Errorf("%s, %s: %s", name, step, text)
			}
		}
	}
}
