package helm

import (
	"fmt"
	"maps"
	"testing"

	"hydrant/engine/internal/fixture"
	"hydrant/engine/internal/remote"
)

func TestValues(t *testing.T) {
	shown := configMap("c", "a", ".Values.a", "b", ".Values.b", "list", "toJson .Values.list", "deep", "toJson .Values.deep")
	own := "a: chart\nb: chart\nlist: [1, 2]\ndeep: {x: 1, in: {z: 2}}\n"
	file := func(name string) Layer { return Layer{File: name} }
	cases := []struct {
		name   string
		files  map[string]string
		layers []Layer
		want   map[string]string
	}{
		{"the chart's own", nil, nil, map[string]string{"a": "chart", "b": "chart", "list": "[1,2]", "deep": `{"in":{"z":2},"x":1}`}},
		{"a file over the chart", map[string]string{"/env/v.yaml": "a: file\n"}, []Layer{file("env/v.yaml")}, map[string]string{"a": "file", "b": "chart"}},
		{"the later over the earlier", map[string]string{"/1.yaml": "a: one\nb: one", "/2.yaml": "a: two"}, []Layer{file("1.yaml"), file("2.yaml")}, map[string]string{"a": "two", "b": "one"}},
		{"a glob, in order of names", map[string]string{"/e/b.yaml": "a: b", "/e/a.yaml": "a: a", "/e/deep/c.yaml": "b: c"}, []Layer{file("e/**/*.yaml")}, map[string]string{"a": "b", "b": "c"}},
		{"braces", map[string]string{"/e/b.yaml": "a: b", "/e/a.yaml": "a: a", "/e/c.yaml": "a: c"}, []Layer{file("e/{a,b}.y*")}, map[string]string{"a": "b"}},
		{"a glob, a folder's own files before its folders'", map[string]string{"/e/z.yaml": "a: z\nb: z", "/e/deep/c.yaml": "a: c"}, []Layer{file("e/**/*.yaml")}, map[string]string{"a": "c", "b": "z"}},
		{"a glob, and a file of it by itself", map[string]string{"/e/a.yaml": "a: a", "/e/b.yaml": "a: b"}, []Layer{file("e/*.yaml"), file("e/a.yaml"), file("e/?.yaml")}, map[string]string{"a": "a"}},
		{"missing files that may be missing", nil, []Layer{{File: "gone.yaml", IgnoreMissing: true}, {File: "gone/*.yaml", IgnoreMissing: true}, {ChartFile: "gone.yaml", IgnoreMissing: true}}, map[string]string{"a": "chart"}},
		{"a file of the chart", map[string]string{"values-prod.yaml": "a: prod"}, []Layer{{ChartFile: "values-prod.yaml"}}, map[string]string{"a": "prod"}},
		{"inline", nil, []Layer{{Inline: []byte(`{"a":"in","deep":{"in":{"z":3}}}`)}}, map[string]string{"a": "in", "deep": `{"in":{"z":3},"x":1}`}},
		{"text", nil, []Layer{text("a: text\nlist: []\n")}, map[string]string{"a": "text", "list": "[]"}},
		{"null takes away", nil, []Layer{text("a: null\ndeep: {in: null}\n")}, map[string]string{"a": "", "deep": `{"x":1}`}},
		{"empty", nil, []Layer{text(""), text("# nothing\n")}, map[string]string{"a": "chart"}},
		{"set", nil, []Layer{set("a=1,deep.in.z=true"), set("list[0]=x")}, map[string]string{"a": "1", "list": `["x"]`, "deep": `{"in":{"z":true},"x":1}`}},
		{"set with escapes and lists", nil, []Layer{set(`a=x\,y`), set("list={p,q}")}, map[string]string{"a": "x,y", "list": `["p","q"]`}},
		{"set, string forced", nil, []Layer{{Set: ptr("deep.x=00123"), ForceString: true}}, map[string]string{"deep": `{"in":{"z":2},"x":"00123"}`}},
		{"set over a file", map[string]string{"/v.yaml": "deep: {in: {z: 5, w: 6}}"}, []Layer{file("v.yaml"), set("deep.in.z=7")}, map[string]string{"deep": `{"in":{"w":6,"z":7},"x":1}`}},
		{"a file's content", map[string]string{"/some,file.txt": "line 1\nline, 2\n"}, []Layer{{SetFile: &SetFile{Name: "deep.x", File: "some,file.txt"}}}, map[string]string{"deep": `{"in":{"z":2},"x":"line 1\nline, 2\n"}`}},
		{"at a path", nil, []Layer{{At: &At{Path: "deep.in.z", Value: "7"}}, {At: &At{Path: "deep.x", Value: "'7'"}}}, map[string]string{"deep": `{"in":{"z":7},"x":"7"}`}},
		{"again: over a scalar that was put beside it, but not over one that was put into it", nil,
			[]Layer{{Inline: []byte(`{"a":"in","deep":{"x":"in"}}`)}, {At: &At{Path: "a", Value: "put"}}, {At: &At{Path: "deep.x", Value: "put"}}, {Again: ptr(0)}},
			map[string]string{"a": "in", "deep": `{"in":{"z":2},"x":"put"}`}},
		{"again: over all that was put before it was laid over the values for the second time", nil,
			[]Layer{{Inline: []byte(`{"deep":{"x":"in"}}`)}, {At: &At{Path: "b", Value: "put"}}, {Again: ptr(0)}, {At: &At{Path: "deep.x", Value: "put"}}, {Again: ptr(0)}},
			map[string]string{"b": "put", "deep": `{"in":{"z":2},"x":"in"}`}},
		{"at a path, literally", nil, []Layer{{At: &At{Path: "deep.x", Value: "{a,b}=c", Literal: true}}}, map[string]string{"deep": `{"in":{"z":2},"x":"{a,b}=c"}`}},
	}
	for _, one := range cases {
		t.Run(one.name, func(t *testing.T) {
			files := map[string]string{"values.yaml": own, "templates/c.yaml": shown}
			maps.Copy(files, one.files)
			got := dataOf(t, files, app(one.layers...))
			for key, want := range one.want {
				if got[key] != want {
					t.Errorf("%s is %q, want %q", key, got[key], want)
				}
			}
		})
	}
}

func ptr[T any](value T) *T { return &value }

func TestRelease(t *testing.T) {
	shown := configMap("c", "name", ".Release.Name", "namespace", ".Release.Namespace", "service", ".Release.Service", "revision", ".Release.Revision",
		"install", ".Release.IsInstall", "upgrade", ".Release.IsUpgrade", "kube", ".Capabilities.KubeVersion.Version", "minor", ".Capabilities.KubeVersion.Minor",
		"apps", `.Capabilities.APIVersions.Has "apps/v1"`, "custom", `.Capabilities.APIVersions.Has "example.com/v1/Thing"`, "lookup", `lookup "v1" "Secret" "ns" "s" | toJson`,
		"host", `getHostByName "localhost"`, "file", `.Files.Get "files/a.txt"`, "chart", ".Chart.Version", "template", ".Template.Name", "tpl", `tpl "{{ .Release.Name }}!" .`,
		"include", `include "app.helper" .`)
	files := map[string]string{
		"templates/c.yaml":       shown,
		"templates/_helpers.tpl": `{{ define "app.helper" }}from {{ .Chart.Name }}{{ end }}`,
		"files/a.txt":            "content",
	}
	source := app()
	source.IsUpgrade = true
	source.APIVersions = []string{"example.com/v1/Thing"}
	want := map[string]string{
		"name": "rel", "namespace": "ns", "service": "Helm", "revision": "1", "install": "false", "upgrade": "true", "kube": "v1.37.0", "minor": "37",
		"apps": "true", "custom": "true", "lookup": "{}", "host": "", "file": "content", "chart": "1.0.0", "template": "app/templates/c.yaml", "tpl": "rel!", "include": "from app",
	}
	got := dataOf(t, files, source)
	if !maps.Equal(got, want) {
		t.Errorf("got %v\nwant %v", got, want)
	}
}

const crd = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: %s}\n"

func object(kind, name, annotations string) string {
	return fmt.Sprintf("apiVersion: v1\nkind: %s\nmetadata: {name: %s, annotations: {%s}}\n", kind, name, annotations)
}

func TestOrder(t *testing.T) {
	files := map[string]string{
		"crds/a.yaml":              fmt.Sprintf(crd, "one") + "---\n" + fmt.Sprintf(crd, "two"),
		"crds/README.md":           "not a CRD",
		"charts/sub/Chart.yaml":    "apiVersion: v2\nname: sub\nversion: 0.1.0\n",
		"charts/sub/crds/s.yaml":   fmt.Sprintf(crd, "subs"),
		"charts/sub/templates/s":   object("Service", "sub", ""),
		"templates/deployment.yml": object("Deployment", "d", "") + "---\n# only a comment\n---\n\n--- \n" + object("Service", "second", ""),
		"templates/ns.yaml":        object("Namespace", "space", ""),
		"templates/empty.yaml":     "{{ if false }}x{{ end }}\n",
		"templates/comment.yaml":   "# {{ .Release.Name }}\n",
		"templates/hook.yaml":      object("Job", "hook", "helm.sh/hook: pre-install") + "---\n" + object("ServiceAccount", "hook", "helm.sh/hook: pre-install"),
		"templates/test.yaml":      object("Pod", "test", "helm.sh/hook: test"),
		"templates/unknown.yaml":   object("Pod", "unknown", "helm.sh/hook: crd-install"),
		"templates/NOTES.txt":      "{{ .Release.Name }} is installed",
	}
	manifests := "Namespace/space Service/sub Service/second Deployment/d"
	cases := []struct {
		name   string
		source func(*Source)
		want   string
	}{
		{"as it is", func(*Source) {}, manifests + " ServiceAccount/hook Pod/test Job/hook"},
		{"with CRDs", func(s *Source) { s.IncludeCRDs = true }, "CustomResourceDefinition/one CustomResourceDefinition/two CustomResourceDefinition/subs " + manifests + " ServiceAccount/hook Pod/test Job/hook"},
		{"without tests", func(s *Source) { s.SkipTests = true }, manifests + " ServiceAccount/hook Job/hook"},
		{"without hooks", func(s *Source) { s.Hooks = "omit" }, manifests},
	}
	disk := fixture.Disk(t, chartOf(files))
	for _, one := range cases {
		t.Run(one.name, func(t *testing.T) {
			source := app()
			one.source(&source)
			if got := names(rendered(t, disk, source)); got != one.want {
				t.Errorf("got  %s\nwant %s", got, one.want)
			}
		})
	}
}

func TestOrigins(t *testing.T) {
	sub := map[string]string{"sub/Chart.yaml": "apiVersion: v2\nname: packed\nversion: 0.1.0\n", "sub/templates/p.yaml": object("Pod", "packed", "")}
	files := map[string]string{
		"Chart.yaml":                  chartYAML + "dependencies:\n- {name: sub, version: 0.1.0, alias: other, repository: ''}\n",
		"crds/a.yaml":                 fmt.Sprintf(crd, "one"),
		"templates/a.yaml":            object("Pod", "a", ""),
		"templates/b.yaml":            "-> ../../../shared/b.yaml",
		"/shared/b.yaml":              object("Pod", "b", ""),
		"charts/sub/Chart.yaml":       "apiVersion: v2\nname: sub\nversion: 0.1.0\n",
		"charts/sub/templates/s.yaml": object("Pod", "s", ""),
		"charts/packed-0.1.0.tgz":     string(pack(t, sub)),
	}
	source := app()
	source.IncludeCRDs = true
	want := map[string]string{
		"one": "charts/app/crds/a.yaml", "a": "charts/app/templates/a.yaml", "b": "shared/b.yaml",
		"s": "charts/app/charts/sub/templates/s.yaml", "packed": "charts/app/charts/packed-0.1.0.tgz",
	}
	got := map[string]string{}
	for _, item := range rendered(t, fixture.Disk(t, chartOf(files)), source) {
		got[item.Node.GetName()] = pointed(item.Origin.Path)
		if configured := pointed(item.Origin.ConfiguredIn); configured != "charts/app/Chart.yaml" || item.Origin.Generator != nil {
			t.Errorf("%s is configured in %s", item.Node.GetName(), configured)
		}
	}
	if !maps.Equal(got, want) {
		t.Errorf("got %v\nwant %v", got, want)
	}
}

func TestPackedChart(t *testing.T) {
	files := map[string]string{
		"app/Chart.yaml": chartYAML, "app/values.yaml": "a: chart", "app/values-prod.yaml": "a: prod",
		"app/templates/c.yaml": configMap("c", "a", ".Values.a"), "app/.helmignore": "templates/",
	}
	packed, archive := pack(t, files), packedChart(t, files)
	source := decodeSource(t, fmt.Sprintf(`{"tool":"helm","chart":{"archive":{"name":"app","sha256":%q}},"releaseName":"rel","namespace":"ns",
		"values":[{"chartFile":"values-prod.yaml"},{"file":"v.yaml"}],"includeCrds":true}`, archive.SHA256))
	disk := given(t, map[string]string{"v.yaml": "b: c", "charts/app-1.0.0.tgz": string(packed)}, &remote.Inputs{})
	items := rendered(t, disk, source)
	if got := data(t, items)["a"]; got != "prod" || items[0].Origin.Path != nil || items[0].Origin.ConfiguredIn != nil {
		t.Errorf("got %s from %s", got, pointed(items[0].Origin.Path))
	}

	source.Chart.Archive.SHA256 = "00"
	if found := problemOf(t, disk, source); found.Kind != "invalid-chart" {
		t.Errorf("got %+v", found)
	}

	items = rendered(t, disk, Source{Chart: ChartPlace{Path: "charts/app-1.0.0.tgz"}, ReleaseName: "rel"})
	if got := pointed(items[0].Origin.Path); got != "charts/app-1.0.0.tgz" || data(t, items)["a"] != "chart" {
		t.Errorf("got %v from %s", data(t, items), got)
	}
}

func TestHelmignore(t *testing.T) {
	files := map[string]string{
		".helmignore":                       "# comment\n*.bak.yaml\n/secret/\ncharts/sub/templates/no.yaml\n",
		"templates/a.yaml":                  object("Pod", "a", ""),
		"templates/.hidden.yaml":            object("Pod", "hidden", ""),
		"templates/b.bak.yaml":              object("Pod", "backup", ""),
		"templates/c.yaml":                  configMap("c", "ignored", `.Files.Get "secret/a.txt"`, "read", `.Files.Get "b.txt"`),
		"secret/a.txt":                      "x",
		"b.txt":                             "y",
		"charts/sub/Chart.yaml":             "apiVersion: v2\nname: sub\nversion: 0.1.0\n",
		"charts/sub/.helmignore":            "*",
		"charts/sub/templates/kept.yaml":    object("Pod", "kept", ""),
		"charts/sub/templates/no.yaml":      object("Pod", "no", ""),
		"charts/_passed/Chart.yaml":         "broken",
		"templates/tests/deep/inside.yaml":  object("Pod", "deep", ""),
		"charts/sub/charts/.also/any.thing": "broken",
	}
	disk := fixture.Disk(t, chartOf(files))
	items := rendered(t, disk, app())
	if got, want := names(items), "ConfigMap/c Pod/deep Pod/kept Pod/a"; !sameWords(got, want) {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := data(t, items); got["ignored"] != "" || got["read"] != "y" {
		t.Errorf("got %v", got)
	}
}

func TestTrace(t *testing.T) {
	disk := fixture.Disk(t, chartOf(map[string]string{"templates/a.yaml": object("Pod", "a", ""), "/v.yaml": "a: b", "/other.yaml": ""}))
	rendered(t, disk, app(Layer{File: "v.yaml"}, Layer{File: "gone.yaml", IgnoreMissing: true}))
	states := map[string]string{}
	for _, entry := range disk.Trace() {
		states[entry.Path] = entry.State
	}
	want := map[string]string{
		"charts/app": "list", "charts/app/.helmignore": "absent", "charts/app/Chart.yaml": "file", "charts/app/templates": "list",
		"charts/app/templates/a.yaml": "file", "v.yaml": "file", "gone.yaml": "absent",
	}
	if !maps.Equal(states, want) {
		t.Errorf("got %v\nwant %v", states, want)
	}
}

func TestPapersAreReadByTemplatesThatAsk(t *testing.T) {
	for template, want := range map[string]bool{
		`a: {{ .Values.a }}`:                               false,
		`a: {{ .Files.Get "README.md" | quote }}`:          true,
		`a: {{ tpl .Values.a . }} # {{ .Files.Glob "x" }}`: true,
	} {
		files := map[string]string{
			"c/Chart.yaml": "apiVersion: v2\nname: c\nversion: 1.0.0\n", "c/values.yaml": "a: b\n", "c/README.md": "words", "c/LICENSE": "words",
			"c/templates/README.md": "words", "c/templates/c.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n  " + template + "\n",
		}
		disk := fixture.Disk(t, files)
		_, _ = Render(disk, Source{Chart: ChartPlace{Path: "c"}, ReleaseName: "c", Namespace: "n"}, false)
		read := map[string]bool{}
		for _, entry := range disk.Trace() {
			read[entry.Path] = entry.State == "file"
		}
		if read["c/README.md"] != want || read["c/LICENSE"] != want || !read["c/templates/README.md"] || !read["c/values.yaml"] {
			t.Errorf("%s: read %v", template, read)
		}
	}
}
