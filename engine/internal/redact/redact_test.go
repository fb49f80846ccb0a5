package redact

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

var canary = regexp.MustCompile(`(?i)canary|Y2FuYXJ5|2FuYX|NhbmFye|jYW5hcn`)

// redacted prints what comes of documents.
func redacted(mode Mode, documents ...string) string {
	nodes := make([]*yaml.RNode, 0, len(documents))
	for _, document := range documents {
		nodes = append(nodes, yaml.MustParse(document))
	}
	Redaction{Mode: mode, Key: "k"}.Resources(nodes)
	texts := make([]string, 0, len(nodes))
	for _, node := range nodes {
		texts = append(texts, node.MustString())
	}
	return strings.Join(texts, "---\n")
}

const secret = `apiVersion: v1
kind: Secret
type: kubernetes.io/tls
immutable: true
metadata:
  name: s
  namespace: n
  labels:
    app: visible
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: '{"a":"canary-applied"}'
    kept: visible
    copied: has canary-string
data:
  a: Y2FuYXJ5LWRhdGE=
  nothing:
stringData:
  b: &anchor canary-string
  c: *anchor
  d: | # canary-comment
    canary-block
`

func TestSecret(t *testing.T) {
	for _, mode := range []Mode{Mask, Digest} {
		text := redacted(mode, secret)
		if canary.MatchString(text) {
			t.Errorf("%s shows a value:\n%s", mode, text)
		}
		for _, kept := range []string{"kept: visible", "app: visible", "name: s", "namespace: n", "type: kubernetes.io/tls", "immutable: true", "  a: ", "nothing:", "copied: has "} {
			if !strings.Contains(text, kept) {
				t.Errorf("%s lost %q:\n%s", mode, kept, text)
			}
		}
	}
	if !strings.Contains(redacted(None, secret), "canary-string") {
		t.Error("none replaced a value")
	}
}

func TestSecretThatIsMistyped(t *testing.T) {
	const head = "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n"
	cases := map[string]string{
		"a mistyped field":               head + "strngData: {p: canary-1}\n",
		"a field beside the values":      head + "stringData: {a: b}\nx: canary-2\n",
		"a scalar":                       head + "stringData: canary-3\n",
		"a list":                         head + "stringData: [canary-4]\n",
		"a mapping":                      head + "stringData: {a: {b: [canary-5]}}\n",
		"a number":                       head + "stringData: {a: 1}\ncanary6: 2\n",
		"a type that is none":            head + "type: canary 7\nstringData: {a: b}\n",
		"an immutable that is none":      head + "immutable: canary-8\n",
		"a finalizer":                    strings.Replace(head, "{name: s}", "{name: s, finalizers: [canary-9]}", 1),
		"a label that is none":           strings.Replace(head, "{name: s}", "{name: s, labels: {a: {b: canary-10}}}", 1),
		"a kind in small letters":        strings.Replace(head, "Secret", "secret", 1) + "stringData: {p: canary-11}\n",
		"a kind with a typing error":     strings.Replace(head, "Secret", "Secrt", 1) + "stringData: {p: canary-12}\n",
		"no apiVersion":                  "kind: Secret\ndata: {p: canary-13}\n",
		"a List":                         "kind: List\nitems:\n- kind: Secret\n  stringData: {p: canary-14}\n",
		"a SecretList":                   "kind: SecretList\nitems:\n- metadata: {name: s}\n  data: {p: canary-15}\n",
		"inside of another object":       "kind: Work\nspec:\n  manifests:\n  - kind: Secret\n    stringData: {p: canary-16}\n",
		"of a group that has none":       "apiVersion: apps/v1\nkind: Secret\nmetadata: {name: s}\nvalue: {p: canary-17}\n",
		"of a group of its own":          "apiVersion: example.com/v1\nkind: Secret\nmetadata: {name: s}\ndata: {p: canary-18}\n",
		"a name that is none":            head + "stringData: {'canary 19': ''}\n",
		"lines of a key":                 head + "data: {'-----BEGIN-----': '', MIICANARYabcdefgh1: '', CANARY20: PQ==}\n",
		"a line among lines of a key":    head + "data: {'-----BEGIN-----': '', canary21: ''}\n",
		"a name beside the values":       head + "'canary 22': 1\n",
		"the encryption of something":    head + "sops: {mac: canary-23, age: [{enc: canary-24}]}\n",
		"the annotations are no mapping": strings.Replace(head, "{name: s}", "{name: s, annotations: [canary-25]}", 1),
	}
	for name, document := range cases {
		t.Run(name, func(t *testing.T) {
			if canary.MatchString(strings.NewReplacer("canary6", "").Replace(redacted(None, document))) == false && name != "a number" {
				t.Fatal("there is nothing to hide")
			}
			for _, mode := range []Mode{Mask, Digest} {
				if text := strings.ReplaceAll(redacted(mode, document), "canary6", ""); canary.MatchString(text) {
					t.Errorf("%s shows a value:\n%s", mode, text)
				}
			}
		})
	}
}

func TestOtherKindsStay(t *testing.T) {
	for _, document := range []string{
		"apiVersion: v1\nkind: ConfigMap\ndata:\n  a: b\n",
		"apiVersion: example.com/v1\nkind: Secret\nmetadata:\n  name: s\nspec:\n  a: b\n",
		"apiVersion: v1\nkind: Pod\nspec:\n  from:\n    kind: Secret\n    name: visible\n",
	} {
		if text := redacted(Mask, document); text != document {
			t.Errorf("got %s", text)
		}
	}
}

func TestHiddenNamesStayApart(t *testing.T) {
	text := redacted(Mask, "kind: Secret\nstringData: {'a b': x, 'c d': y, e: z}\n")
	for _, kept := range []string{"<redacted key>: <redacted>", "<redacted key 2>: <redacted>", "e: <redacted>"} {
		if !strings.Contains(text, kept) {
			t.Errorf("lost %q:\n%s", kept, text)
		}
	}
}

func TestCopies(t *testing.T) {
	const from = "apiVersion: v1\nkind: Secret\nmetadata: {name: wordpress-db}\nstringData: {p: canary-value, q: wordpress, r: short, s: '20261123', password: password}\ndata: {b: Y2FuYXJ5LWRhdGE=}\n"
	const to = `apiVersion: v1
kind: ConfigMap
metadata:
  name: c
  labels: {l: canary-value}
data:
  whole: canary-value
  part: https://user:canary-value@example.com/
  flag: -pcanary-data
  encoded: Y2FuYXJ5LXZhbHVl
  as-it-stands: Y2FuYXJ5LWRhdGE=
  number: 20261123
  kept: short
  known: wordpress:1
  key: password
`
	for _, mode := range []Mode{Mask, Digest} {
		text := redacted(mode, from, to)
		if canary.MatchString(text) || strings.Contains(text, "20261123") {
			t.Errorf("%s shows a copy:\n%s", mode, text)
		}
		for _, kept := range []string{"https://user:", "@example.com/", "kept: short", "known: wordpress:1", "key: password", "name: c\n"} {
			if !strings.Contains(text, kept) {
				t.Errorf("%s lost %q:\n%s", mode, kept, text)
			}
		}
	}
	crd := "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec:\n  a: canary-value\n"
	if text := redacted(Mask, from, crd); !strings.Contains(text, crd) {
		t.Errorf("a definition is another:\n%s", text)
	}
}

// TestCopiesCompare: the copy of a value that changes has to show that it does.
func TestCopiesCompare(t *testing.T) {
	const configMap = "kind: ConfigMap\ndata:\n  a: x-%-y\n"
	text := func(value string) string {
		_, copied, _ := strings.Cut(redacted(Digest, "kind: Secret\nstringData: {p: "+value+"}\n", strings.ReplaceAll(configMap, "%", value)), "---\n")
		return copied
	}
	if text("canary-1") != text("canary-1") || text("canary-1") == text("canary-2") {
		t.Error("equal values are not equal, or others are")
	}
}

func TestTokensTellTheClass(t *testing.T) {
	var cases []struct {
		Value, Content string
		Encoded        bool
		Class          Class
	}
	readTable(t, "testdata/classes.json", &cases)
	for _, one := range cases {
		content := one.Value
		if one.Encoded {
			content = ContentOf(one.Value)
			if content != one.Content {
				t.Errorf("%q has the content %q, want %q", one.Value, content, one.Content)
			}
		}
		if class := classOf(content); class != one.Class {
			t.Errorf("%q is %s, want %s", one.Value, class, one.Class)
		}
	}
	text := redacted(Digest, "kind: Secret\nstringData: {a: canary-value}\ndata: {b: Y2FuYXJ5LXZhbHVl}\n")
	tokens := regexp.MustCompile(`hydrant\.redacted/plain/[0-9a-f]{64}`).FindAllString(text, -1)
	if len(tokens) != 2 || tokens[0] != tokens[1] {
		t.Errorf("a value and its base64 are not one:\n%s", text)
	}
}

func TestNames(t *testing.T) {
	var cases []struct {
		Key  string
		Name bool
	}
	readTable(t, "testdata/keys.json", &cases)
	for _, one := range cases {
		if isKey(one.Key) != one.Name {
			t.Errorf("%q is a name: %v", one.Key, !one.Name)
		}
	}
}

func readTable(t *testing.T, name string, cases any) {
	t.Helper()
	text, err := os.ReadFile(name)
	if err == nil {
		err = json.Unmarshal(text, cases)
	}
	if err != nil {
		t.Fatal(err)
	}
}
