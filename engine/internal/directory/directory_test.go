package directory

import (
	"errors"
	"strings"
	"testing"

	"hydrant/engine/internal/fixture"
	"hydrant/engine/internal/rendering"
)

func object(kind, name string) string {
	return "apiVersion: v1\nkind: " + kind + "\nmetadata: {name: " + name + "}\n"
}

func TestRender(t *testing.T) {
	files := map[string]string{
		"o/b.yaml":            object("ConfigMap", "b1") + "---\n" + object("ConfigMap", "b2") + "---\n",
		"o/a.yml":             "# first a comment\n---\n" + object("ConfigMap", "a"),
		"o/c.json":            `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c"}}`,
		"o/list.yaml":         "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: l1}}\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: l2}}\n",
		"o/nothing.yaml":      "apiVersion: v1\nkind: List\nitems:\n",
		"o/values.yaml":       "replicas: 3\n",
		"o/broken.yaml":       "a: [\n",
		"o/text.txt":          object("ConfigMap", "text"),
		"o/skipped.yaml":      "# +argocd:skip-file-rendering\n" + object("ConfigMap", "skipped"),
		"o/.hidden.yaml":      object("ConfigMap", "hidden"),
		"o/bom.yaml":          "\uFEFF" + object("ConfigMap", "bom"),
		"o/link.yaml":         "-> ../other/x.yaml",
		"o/nowhere.yaml":      "-> gone.yaml",
		"o/folder.yaml":       "-> sub",
		"o/sub/d.yaml":        object("ConfigMap", "d"),
		"o/sub/config.yaml":   object("ConfigMap", "config"),
		"o/sub/deep/dev.yaml": object("ConfigMap", "dev"),
		"other/x.yaml":        object("ConfigMap", "x"),
	}
	all := "hidden a b1 b2 bom c x l1 l2"
	cases := []struct {
		name   string
		source Source
		want   string
	}{
		{"a folder", Source{Path: "o"}, all},
		{"and below", Source{Path: "o", Recurse: true}, all + " config d dev"},
		{"include", Source{Path: "o", Recurse: true, Include: "*.json"}, "c"},
		{"a star includes folders", Source{Path: "o", Recurse: true, Include: "sub/*.yaml"}, "config d dev"},
		{"alternatives", Source{Path: "o", Recurse: true, Include: "{c.json,sub/d.yaml}"}, "c d"},
		{"exclude", Source{Path: "o", Recurse: true, Include: "sub/*", Exclude: "{sub/config.yaml,*/dev.yaml}"}, "d"},
		{"a pattern that is wrong includes nothing", Source{Path: "o", Include: "{a"}, ""},
		{"a pattern that is wrong excludes nothing", Source{Path: "o", Exclude: "{a"}, all},
		{"a file", Source{Path: "o/b.yaml"}, "b1 b2"},
	}
	disk := fixture.Disk(t, files)
	for _, one := range cases {
		t.Run(one.name, func(t *testing.T) {
			items, err := Render(disk, one.source, true)
			if err != nil {
				t.Fatal(err)
			}
			names := []string{}
			for _, item := range items {
				names = append(names, item.Node.GetName())
				if item.Origin.Path == nil || files[*item.Origin.Path] == "" || strings.HasPrefix(files[*item.Origin.Path], "-> ") {
					t.Errorf("origin of %s: %v", item.Node.GetName(), item.Origin.Path)
				}
			}
			if got := strings.Join(names, " "); got != one.want {
				t.Errorf("got  %s\nwant %s", got, one.want)
			}
		})
	}
}

func TestValuesAreReadAsKubernetesDoes(t *testing.T) {
	disk := fixture.Disk(t, map[string]string{"a.yaml": object("ConfigMap", "a") + "data: {a: yes, b: 'yes', c: 1e3, d: 0x10, e: '0x10', f: 12345678901}\n"})
	items, err := Render(disk, Source{Path: "a.yaml"}, false)
	if err != nil {
		t.Fatal(err)
	}
	text, err := items[0].YAML()
	if want := "data:\n  a: true\n  b: \"yes\"\n  c: 1000\n  d: 16\n  e: \"0x10\"\n  f: 12345678901\n"; err != nil || !strings.Contains(string(text), want) {
		t.Errorf("%v, got:\n%s\nwant:\n%s", err, text, want)
	}
}

func TestProblems(t *testing.T) {
	secret := "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {a: canary-value}\n"
	cases := []struct {
		name    string
		content string
		file    string
		kind    string
		line    int
		message string
	}{
		{"Jsonnet", "{}", "a.jsonnet", "unsupported", 0, "o/a.jsonnet is Jsonnet, which is not rendered."},
		{"broken YAML of a manifest", secret + " broken: [\n", "a.yaml", "syntax", 4, "o/a.yaml is not valid YAML"},
		{"broken YAML after a manifest", object("ConfigMap", "a") + "---\na: [\n", "a.yaml", "syntax", 0, "o/a.yaml is not valid YAML"},
		{"an object without kind", "apiVersion: v1\nmetadata: {name: a}\n# kind: x\nstringData: {a: canary-value}\n", "a.yaml", "invalid-resource", 0, "o/a.yaml has an object without kind."},
		{"a document that is no object", object("ConfigMap", "a") + "---\njust text\n", "a.yaml", "invalid-resource", 0, "o/a.yaml has a document that is no Kubernetes object."},
		{"JSON without kind", `{"a": "canary-value"}`, "a.json", "invalid-resource", 0, "o/a.json has an object without kind."},
		{"broken JSON", `{"a": `, "a.json", "syntax", 0, "o/a.json is not valid JSON."},
		{"several JSON objects", `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c"}}{"a":1}`, "a.json", "invalid-resource", 0, "o/a.json has several objects"},
		{"a list of no objects", "apiVersion: v1\nkind: List\nitems: [a]\n", "a.yaml", "invalid-resource", 0, "o/a.yaml has a list with an item that is no object."},
		{"a symlink to itself", "-> a.yaml", "a.yaml", "cycle", 0, "o/a.yaml is a symlink that leads around in a circle."},
		{"a symlink through itself", "-> a.yaml/../b.yaml", "a.yaml", "cycle", 0, "leads around in a circle"},
		{"a symlink out of the repository", "-> ../../../etc/passwd", "a.yaml", "forbidden-path", 0, "o/a.yaml is a symlink that leads out of the repository."},
	}
	for _, one := range cases {
		t.Run(one.name, func(t *testing.T) {
			_, err := Render(fixture.Disk(t, map[string]string{"o/" + one.file: one.content}), Source{Path: "o"}, false)
			var problem *rendering.Problem
			if !errors.As(err, &problem) {
				t.Fatalf("got %v", err)
			}
			line := 0
			if problem.Line != nil {
				line = *problem.Line
			}
			if problem.Kind != one.kind || line != one.line || !strings.Contains(problem.Message, one.message) {
				t.Errorf("got %s, line %d: %s", problem.Kind, line, problem.Message)
			}
			if problem.Path == nil || *problem.Path != "o/"+one.file || strings.Contains(problem.Message, "canary-") {
				t.Errorf("path %v, message %s", problem.Path, problem.Message)
			}
		})
	}
	if _, err := Render(fixture.Disk(t, map[string]string{"a": "b"}), Source{Path: "gone"}, false); err == nil || err.Error() != "gone does not exist." {
		t.Errorf("a folder that is missing: %v", err)
	}
}

// TestTrace: a folder's files are only read where they are of the source.
func TestTrace(t *testing.T) {
	disk := fixture.Disk(t, map[string]string{"o/a.yaml": object("ConfigMap", "a"), "o/b.yaml": "x", "o/sub/c.yaml": object("ConfigMap", "c"), "p/d.yaml": "x"})
	if _, err := Render(disk, Source{Path: "o", Exclude: "b.yaml"}, false); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, entry := range disk.Trace() {
		got = append(got, entry.State+" "+entry.Path)
	}
	if want := "list o, file o/a.yaml"; strings.Join(got, ", ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
}

func TestSymlinksOfOthersDoNotCount(t *testing.T) {
	disk := fixture.Disk(t, map[string]string{
		"p/circle.yaml": "-> circle.yaml", "p/outside.yaml": "-> ../../../etc/passwd",
		"o/nowhere.yaml": "-> gone.yaml", "o/a.yaml": object("ConfigMap", "a"),
	})
	for _, met := range []string{"p/circle.yaml", "p/outside.yaml"} {
		if disk.Exists(met) {
			t.Fatalf("%s is there", met)
		}
	}
	items, err := Render(disk, Source{Path: "o"}, false)
	if err != nil || len(items) != 1 {
		t.Errorf("got %v, %v", items, err)
	}
}
