package render

import (
	"encoding/json"
	"math/rand"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"hydrant/engine/internal/confine"
	"hydrant/engine/internal/redact"
)

// canary is what values are made of here, and its beginnings in base64.
var canary = regexp.MustCompile(`(?i)canary|Q0FOQVJZ|NBTkFSW|DQU5BUl`)

// kustomized is the source that most of these are rendered from.
const kustomized = `{"tool":"kustomize","path":"o"}`

// renderRedacted gives the whole reply as text.
func renderRedacted(t *testing.T, files map[string]string, source string, mode redact.Mode, want string) (Reply, string) {
	t.Helper()
	reply := renderWith(t, files, source, want, redact.Redaction{Mode: mode, Key: "k"})
	// The trace names files that were looked for; it stays inside.
	shown := reply
	shown.Trace = nil
	text, err := json.Marshal(shown)
	if err != nil {
		t.Fatal(err)
	}
	return reply, string(text)
}

const plainSecret = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\nstringData: {a: CANARY00}\n"

func TestRenderingShowsNoSecret(t *testing.T) {
	deployment := "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec: {template: {spec: {containers: [{name: c, args: [\"--pw=$(PW)\"]}]}}}\n"
	cases := map[string]map[string]string{
		"a Secret":                        {"o/kustomization.yaml": "resources: [s.yaml]", "o/s.yaml": plainSecret},
		"a mistyped field":                {"o/kustomization.yaml": "resources: [s.yaml]", "o/s.yaml": strings.Replace(plainSecret, "stringData", "strngData", 1)},
		"a Secret in UTF-16":              {"o/kustomization.yaml": "resources: [s.yaml]", "o/s.yaml": "\xff\xfe" + strings.Join(strings.Split(plainSecret, ""), "\x00") + "\x00"},
		"a scalar":                        {"o/kustomization.yaml": "resources: [s.yaml]", "o/s.yaml": strings.Replace(plainSecret, "{a: CANARY00}", "CANARY00", 1)},
		"a JSON patch without its slash":  {"o/kustomization.yaml": "resources: [s.yaml]\npatches:\n- target: {kind: Secret}\n  patch: |-\n    - {op: add, path: stringData/x, value: CANARY79}\n", "o/s.yaml": plainSecret},
		"a key that is read as variables": {"o/kustomization.yaml": "secretGenerator:\n- name: a\n  envs: [s.env]\n", "o/s.env": "-----BEGIN KEY-----\nMIICANARY76abcdefgh\nCANARY77==\n-----END KEY-----\n"},
		"a replacement": {"o/kustomization.yaml": "resources: [s.yaml, c.yaml]\nreplacements:\n- source: {kind: Secret, fieldPath: stringData.a}\n  targets: [{select: {kind: ConfigMap}, fieldPaths: [data.x]}]\n",
			"o/s.yaml": plainSecret, "o/c.yaml": configMap + "data: {x: y}\n"},
		"a replaced part": {"o/kustomization.yaml": "resources: [s.yaml, c.yaml]\nreplacements:\n- source: {kind: Secret, fieldPath: stringData.a}\n  targets: [{select: {kind: ConfigMap}, fieldPaths: [data.x], options: {delimiter: ':', index: 1}}]\n",
			"o/s.yaml": plainSecret, "o/c.yaml": configMap + "data: {x: 'user:password:host'}\n"},
		"a variable": {"o/kustomization.yaml": "resources: [s.yaml, d.yaml]\nvars:\n- name: PW\n  objref: {kind: Secret, name: s, apiVersion: v1}\n  fieldref: {fieldpath: stringData.a}\n",
			"o/s.yaml": plainSecret, "o/d.yaml": deployment},
	}
	for name, files := range cases {
		t.Run(name, func(t *testing.T) {
			for _, mode := range []redact.Mode{redact.Mask, redact.Digest} {
				for _, want := range []string{"manifests", "resources", "origins"} {
					reply, text := renderRedacted(t, files, kustomized, mode, want)
					if reply.Problem != nil {
						t.Fatal(reply.Problem.Message)
					}
					if canary.MatchString(text) {
						t.Errorf("%s of %s: %s", mode, want, text)
					}
				}
			}
		})
	}
}

func TestProblemsQuoteNoSecret(t *testing.T) {
	confine.Process()
	cases := map[string]struct {
		kustomization string
		message       string
		line          int
	}{
		"a literal without a key":    {"secretGenerator:\n- name: a\n  literals:\n  - CANARY01\n", "A generator in o/kustomization.yaml has a literal that is not in the form key=value.", 4},
		"a value in place of a file": {"secretGenerator:\n- name: a\n  files:\n  - pw=CANARY72\n", "o/kustomization.yaml names a file that does not exist; the name is not shown, as it may be a Secret's value. A secretGenerator reads files by key=path, and takes values as literals.", 4},
		"a file of a Secret":         {"secretGenerator:\n- name: a\n  files:\n  - pw=gone/pw.txt\n", "o/gone/pw.txt does not exist.", 0},
		"a file with two keys":       {"secretGenerator:\n- name: a\n  files: [pw=CANARY=73]\n", "", 0},
		"a patch that is no YAML":    {"resources: [s.yaml]\npatches:\n- target: {kind: Secret}\n  patch: |-\n    kind: Secret\n    stringData: {a: CANARY74, b: [}\n", "A patch in o/kustomization.yaml is not one: neither a resource to merge, nor a list of JSON patch operations.", 0},
		"a patch of a resource elsewhere": {"resources: [s.yaml]\npatchesStrategicMerge:\n- |-\n  apiVersion: v1\n  kind: Secret\n  metadata: {name: s}\n  stringData: {a: CANARY83, b: [}\n",
			"o/kustomization.yaml has an entry that is neither the name of a file nor a manifest that can be read; it is not shown, as it may hold a Secret's value.", 3},
		"a resource that stands inline":        {"resources:\n- |-\n  apiVersion: v1\n  kind: Secret\n  metadata: {name: s}\n  stringData: {a: CANARY84}\n", "o/kustomization.yaml has an entry that is neither the name of a file nor a manifest that can be read; it is not shown, as it may hold a Secret's value.", 2},
		"operations that are broken":           {"resources: [s.yaml]\npatchesJson6902:\n- target: {kind: Secret, name: s, version: v1}\n  patch: |-\n    - {op: add, path: /stringData/x, value: CANARY88}\n    - bad\n", "", 0},
		"operations that are none":             {"resources: [s.yaml]\npatchesJson6902:\n- target: {kind: Secret}\n  patch: 'op: CANARY82'\n", "", 0},
		"a name that is a number":              {"resources: [s.yaml]\npatches:\n- patch: |-\n    apiVersion: v1\n    kind: Secret\n    metadata: {name: s}\n    stringData: {1: pin, a: CANARY62}\n", "", 0},
		"a label that is a number":             {"resources: [s.yaml]\ncommonLabels: {1: a}\n", "A resource, or what is added to it, has a field whose name is no text, such as 1 or yes; put it in quotes.", 0},
		"a part of a value that is not there":  {"resources: [s.yaml]\nreplacements:\n- source: {kind: Secret, fieldPath: stringData.a, options: {delimiter: '-', index: 7}}\n  targets: [{select: {kind: Secret}, fieldPaths: [metadata.labels.y]}]\n", "", 0},
		"a kustomization that is no YAML":      {"secretGenerator:\n- name: a\n  literals:\n  - pw=CANARY85: x\n   bad\n", "o/kustomization.yaml is not valid YAML: did not find expected key.", 4},
		"an alias that is unknown":             {"secretGenerator:\n- name: a\n  literals: [*CANARY17]\n", "", 0},
		"a patch target that is not there":     {"resources: [s.yaml]\npatches:\n- patch: |-\n    apiVersion: v1\n    kind: Secret\n    metadata: {name: gone}\n    stringData: {a: CANARY18}\n", "", 0},
		"a test of a value":                    {"resources: [s.yaml]\npatches:\n- target: {kind: Secret}\n  patch: '[{\"op\": \"test\", \"path\": \"/stringData/a\", \"value\": \"CANARY19\"}]'\n", "", 0},
		"a key that is read twice":             {"secretGenerator:\n- name: a\n  literals: [CANARYabcdefghij19=x, CANARYabcdefghij19=y]\n", "", 0},
		"a merge of what is not there":         {"secretGenerator:\n- name: a\n  behavior: merge\n  literals: [x=CANARY20]\n", "", 0},
		"a builtin transformer that is broken": {"resources: [s.yaml]\ntransformers:\n- |-\n  apiVersion: builtin\n  kind: PatchTransformer\n  metadata: {name: p}\n  target: {kind: Secret}\n  patch: '[{\"op\": \"add\", \"path\": \"/x/y\", \"value\": \"CANARY21\"}]'\n", "", 0},
	}
	for name, one := range cases {
		t.Run(name, func(t *testing.T) {
			reply, text := renderRedacted(t, map[string]string{"o/kustomization.yaml": one.kustomization, "o/s.yaml": plainSecret}, kustomized, redact.Mask, "resources")
			if reply.Problem == nil {
				t.Fatal("it rendered")
			}
			if canary.MatchString(text) {
				t.Errorf("got %s", text)
			}
			if one.message != "" && reply.Problem.Message != one.message {
				t.Errorf("got %q", reply.Problem.Message)
			}
			if one.line != 0 && (reply.Problem.Line == nil || *reply.Problem.Line != one.line || *reply.Problem.Path != "o/kustomization.yaml") {
				t.Errorf("line %v, want %d", reply.Problem.Line, one.line)
			}
		})
	}
}

// mutable has a value of a Secret in every place that one can stand in.
var mutable = map[string]string{
	"o/kustomization.yaml": `resources: [s.yaml, d.yaml]
generators: [g.yaml]
transformers: [t.yaml]
secretGenerator:
- name: a
  literals:
  - pw=CANARYONE
  - "q=CANARYTWO"
  files: [f.txt, key=f.txt]
  envs: [e.env]
patches:
- target: {kind: Secret, name: s}
  patch: |-
    - op: add
      path: /stringData/x
      value: CANARYTHREE
- patch: |-
    apiVersion: v1
    kind: Secret
    metadata: {name: s}
    stringData:
      y: CANARYFOUR
- path: p.yaml
  target: {name: s}
patchesStrategicMerge:
- |-
  apiVersion: v1
  kind: Secret
  metadata: {name: s}
  data: {z: Q0FOQVJZRklWRQ==}
replacements:
- source: {kind: Secret, name: s, fieldPath: stringData.a}
  targets: [{select: {kind: ConfigMap, name: c}, fieldPaths: [data.x]}]
`,
	"o/s.yaml": "apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\n  labels: {app: x}\ntype: Opaque\nstringData:\n  a: CANARYSIX\n  b: \"CANARYSEVEN\"\n  c: |\n    CANARYEIGHT\n    CANARYNINE\ndata:\n  d: Q0FOQVJZVEVO\n",
	"o/d.yaml": configMap + "data: {x: y}\n",
	"o/g.yaml": "apiVersion: builtin\nkind: SecretGenerator\nmetadata: {name: g}\nliterals: [x=CANARYELEVEN]\n",
	"o/t.yaml": "apiVersion: builtin\nkind: PatchTransformer\nmetadata: {name: t}\ntarget: {kind: Secret, name: s}\npatch: |-\n  - {op: add, path: /stringData/w, value: CANARYTWELVE}\n",
	"o/p.yaml": "- op: add\n  path: /stringData/v\n  value: CANARYTHIRTEEN\n",
	"o/f.txt":  "CANARYFOURTEEN\n",
	"o/e.env":  "E=CANARYFIFTEEN\n",
}

// mistakes is how many are tried; it is read before the process is confined.
var mistakes = os.Getenv("HYDRANT_MISTAKES")

// TestMistakesShowNoSecret makes one typing error after the other, anywhere but in a value:
// whatever comes of it, no value may.
func TestMistakesShowNoSecret(t *testing.T) {
	confine.Process()
	rounds := 100
	if more, err := strconv.Atoi(mistakes); err == nil {
		rounds = more
	}
	random := rand.New(rand.NewSource(1))
	if reply, _ := renderRedacted(t, mutable, kustomized, redact.None, "resources"); reply.Problem != nil {
		t.Fatal(reply.Problem.Message)
	}
	for range rounds {
		files := map[string]string{}
		for name, text := range mutable {
			files[name] = text
		}
		for range 1 + random.Intn(2) {
			name := []string{"o/kustomization.yaml", "o/kustomization.yaml", "o/s.yaml", "o/g.yaml", "o/t.yaml", "o/p.yaml"}[random.Intn(6)]
			files[name] = mistake(random, files[name])
		}
		for _, mode := range []redact.Mode{redact.Mask, redact.Digest} {
			if _, text := renderRedacted(t, files, kustomized, mode, "resources"); canary.MatchString(text) {
				t.Fatalf("%s of %q gives\n%s", mode, files, text)
			}
		}
	}
}

// mistake is one: something missing, too much, or in the wrong place.
func mistake(random *rand.Rand, text string) string {
	lines := strings.Split(text, "\n")
	at := random.Intn(len(lines))
	line := lines[at]
	column := random.Intn(len(line) + 1)
	for strings.Contains(line, "CANARY") && column > strings.Index(line, "CANARY") {
		column = random.Intn(len(line) + 1)
	}
	marks := []string{":", "\t", "'", "\"", "[", "]", "{", "}", "- ", "  ", "&", "*", "=", "!", "#", "x", "%", "@", "`", ",", "\\", "|", "---\n"}
	switch random.Intn(6) {
	case 0:
		lines[at] = line[:column] + marks[random.Intn(len(marks))] + line[column:]
	case 1:
		lines[at] = line[:column] + line[min(column+1, len(line)):]
	case 2:
		lines = append(lines[:at], lines[at+1:]...)
	case 3:
		lines[at] = "  " + line
	case 4:
		lines[at] = strings.TrimPrefix(line, "  ")
	case 5:
		other := random.Intn(len(lines))
		lines[at], lines[other] = lines[other], lines[at]
	}
	return strings.Join(lines, "\n")
}
