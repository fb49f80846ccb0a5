package redact

import (
	"strings"
	"testing"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

func TestResource(t *testing.T) {
	const secret = `apiVersion: v1
kind: Secret
metadata:
  name: s
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: '{"a":"canary-applied"}'
    kept: visible
data:
  a: Y2FuYXJ5LWRhdGE=
  nothing:
stringData:
  b: &anchor canary-string
  c: *anchor
  d: |
    canary-block
`
	for _, mode := range []Mode{Mask, Digest} {
		node := yaml.MustParse(secret)
		Redaction{Mode: mode, Key: "k"}.Resource(node)
		text := node.MustString()
		if strings.Contains(text, "canary-") || strings.Contains(text, "Y2FuYXJ5") {
			t.Errorf("%s shows a value:\n%s", mode, text)
		}
		for _, kept := range []string{"kept: visible", "name: s", "  a: ", "nothing:"} {
			if !strings.Contains(text, kept) {
				t.Errorf("%s lost %q:\n%s", mode, kept, text)
			}
		}
	}
	node := yaml.MustParse(secret)
	Redaction{Mode: None}.Resource(node)
	if !strings.Contains(node.MustString(), "canary-string") {
		t.Error("none replaced a value")
	}
}

func TestOtherKindsStay(t *testing.T) {
	const configMap = "apiVersion: v1\nkind: ConfigMap\ndata:\n  a: b\n"
	node := yaml.MustParse(configMap)
	Redaction{Mode: Mask}.Resource(node)
	if node.MustString() != configMap {
		t.Errorf("got %s", node.MustString())
	}
}

func TestMessage(t *testing.T) {
	const secret = "kind: Secret\nstringData:\n  a: canary-value\ndata:\n  b: Y2FuYXJ5LWRhdGE=\n"
	cases := map[string]struct {
		message string
		files   map[string][]byte
	}{
		"a value of a Secret":        {"near canary-value here", map[string][]byte{"a.yaml": []byte(secret)}},
		"a value in base64":          {"near Y2FuYXJ5LXZhbHVl here", map[string][]byte{"a.yaml": []byte(secret)}},
		"a decoded value":            {"near canary-data here", map[string][]byte{"a.yaml": []byte(secret)}},
		"a generator's literal":      {"near canary-literal", map[string][]byte{"k/kustomization.yaml": []byte("secretGenerator:\n- literals: [a=canary-literal]\n")}},
		"a generator's file":         {"near canary-file", map[string][]byte{"k/kustomization.yaml": []byte("secretGenerator:\n- files: [x=f.txt]\n"), "k/f.txt": []byte("first\ncanary-file\n")}},
		"a generator's env file":     {"near canary-env", map[string][]byte{"k/kustomization.yaml": []byte("secretGenerator:\n- envs: [f.env]\n"), "k/f.env": []byte("A=canary-env\n")}},
		"an inline patch":            {"near canary-inline", map[string][]byte{"k.yaml": []byte("patches:\n- patch: |-\n    kind: Secret\n    stringData: {a: canary-inline}\n")}},
		"a JSON patch of a Secret":   {"near canary-json", map[string][]byte{"k.yaml": []byte("patches:\n- target: {kind: Secret}\n  patch: |-\n    - op: add\n      path: /stringData/a\n      value: canary-json\n")}},
		"a Secret in a List":         {"near canary-list", map[string][]byte{"a.yaml": []byte("kind: List\nitems:\n- kind: Secret\n  stringData: {a: canary-list}\n")}},
		"a Secret that is no YAML":   {"near canary-broken", map[string][]byte{"a.yaml": []byte("kind: Secret\nstringData:\n  a: canary-broken\n b: [\n")}},
		"a document that is printed": {"wrong node kind: node contents:\npassword: canary-printed", nil},
		"a scalar that is begun":     {"cannot unmarshal !!str `canary-...` into map", nil},
		"a patch that is printed":    {"unable to parse SM or JSON patch from [password: canary-patch\n]", nil},
	}
	for name, one := range cases {
		t.Run(name, func(t *testing.T) {
			cleaned := Message(one.message, one.files)
			if strings.Contains(cleaned, "canary-") || strings.Contains(cleaned, "Y2FuYXJ5") {
				t.Errorf("got %s", cleaned)
			}
		})
	}
	if kept := Message("o/gone.yaml does not exist", map[string][]byte{"a.yaml": []byte(secret)}); kept != "o/gone.yaml does not exist" {
		t.Errorf("got %s", kept)
	}
}
