package helm

import (
	"strings"
	"testing"

	"hydrant/engine/internal/fixture"
)

// chartProblem is a chart that does not render, and what is said about it.
type chartProblem struct {
	name    string
	files   map[string]string
	kind    string
	path    string
	line    int
	message string
}

// hush has values that no message may show.
var hush = Layer{Inline: []byte(`{"hush":"canary-hush","db":{"password":"canary-db"},"list":["canary-list"],"word":"canary words"}`)}

func (c chartProblem) check(t *testing.T) {
	found := problemOf(t, fixture.Disk(t, chartOf(c.files)), app(hush))
	if found.Kind != c.kind || pointed(found.Path) != c.path || pointed(found.Line) != c.line {
		t.Errorf("got %s at %q:%d: %s", found.Kind, pointed(found.Path), pointed(found.Line), found.Message)
	}
	if c.message != "" && found.Message != c.message {
		t.Errorf("got %q", found.Message)
	}
	if strings.Contains(found.Message, "canary") || len(found.Message) > 2*longest {
		t.Errorf("the message tells too much: %s", found.Message)
	}
}

func TestChartProblems(t *testing.T) {
	for _, one := range []chartProblem{
		{"no chart", map[string]string{"Chart.yaml": "", "/x": "y"}, "invalid-chart", "charts/app/Chart.yaml", 0, "charts/app/Chart.yaml is not valid: name is required."},
		{"a chart without version", map[string]string{"Chart.yaml": "apiVersion: v2\nname: app\n"}, "invalid-chart", "charts/app/Chart.yaml", 0, "charts/app/Chart.yaml is not valid: version is required."},
		{"a chart that is not YAML", map[string]string{"Chart.yaml": "apiVersion: v2\nname: [\n"}, "invalid-chart", "charts/app/Chart.yaml", 2, ""},
		{"values that are not YAML", map[string]string{"values.yaml": "a: b\nc: d: e\n"}, "invalid-values", "charts/app/values.yaml", 2, "charts/app/values.yaml is not valid: mapping values are not allowed in this context."},
		{"values that are a list", map[string]string{"values.yaml": "- a"}, "invalid-values", "charts/app/values.yaml", 0, "charts/app/values.yaml is not valid: it has a list where a mapping is wanted."},
		{"a library", map[string]string{"Chart.yaml": chartYAML + "type: library\n"}, "invalid-chart", "charts/app/Chart.yaml", 0, "app is a library chart, and library charts are not installable."},
		{"a chart of the future", map[string]string{"Chart.yaml": "apiVersion: v3\nname: app\nversion: 1.0.0\n"}, "invalid-chart", "charts/app/Chart.yaml", 0, "The chart's apiVersion is v3; helm renders v1 and v2."},
		{"a chart for another Kubernetes", map[string]string{"Chart.yaml": chartYAML + "kubeVersion: '<1.30.0'\n"}, "invalid-chart", "charts/app/Chart.yaml", 0, "The chart wants Kubernetes <1.30.0, and it is rendered for v1.37.0."},
		{"a file among the subcharts", map[string]string{"charts/README.md": "x"}, "invalid-chart", "charts/app/charts/README.md", 0, ""},
		{"a subchart that is none", map[string]string{"charts/sub/values.yaml": "x: y"}, "invalid-chart", "", 0, "charts/app/charts/sub has no Chart.yaml."},
		{"a subchart that cannot be unpacked", map[string]string{"charts/sub.tgz": "x"}, "invalid-chart", "charts/app/charts/sub.tgz", 0, ""},
		{"a broken .helmignore", map[string]string{".helmignore": "a/**/b"}, "invalid-chart", "charts/app/.helmignore", 0, "charts/app/.helmignore is not valid: double-star (**) syntax is not supported."},
	} {
		t.Run(one.name, one.check)
	}
}

func TestTemplateProblems(t *testing.T) {
	secret := "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData:\n  p: {{ .Values.hush | quote }}\n"
	helpers := "{{ define \"app.deep\" }}\n{{ .Values.a.b.c }}\n{{ end }}"
	sub := map[string]string{"sub/Chart.yaml": subYAML, "sub/templates/s.yaml": "a: b\nc: {{ .Values.a.b }}\n"}
	for _, one := range []chartProblem{
		{"nil pointer", map[string]string{"templates/a.yaml": "\na: {{ .Values.a.b }}"}, "template", "charts/app/templates/a.yaml", 2, "Nil pointer evaluating interface {}.b, at {{ .Values.a.b }}."},
		{"in a helper", map[string]string{"templates/a.yaml": "a:\n{{ include \"app.deep\" . }}", "templates/_h.tpl": helpers}, "template", "charts/app/templates/_h.tpl", 2,
			"Nil pointer evaluating interface {}.b, at {{ .Values.a.b.c }}. It is used by charts/app/templates/a.yaml, line 2."},
		{"required", map[string]string{"templates/a.yaml": "a: {{ required \"a is required\" .Values.a }}"}, "template", "charts/app/templates/a.yaml", 1, "A is required."},
		{"fail", map[string]string{"templates/a.yaml": "{{ fail \"this\\nis why\" }}"}, "template", "charts/app/templates/a.yaml", 1, "This\nis why."},
		{"fail without a reason", map[string]string{"templates/a.yaml": "{{ fail \"\" }}"}, "template", "charts/app/templates/a.yaml", 1, "The template fails without saying why."},
		{"fail with a password", map[string]string{"templates/a.yaml": "{{ fail (print \"bad: \" .Values.db.password \" \" .Values.hush) }}", "templates/s.yaml": secret}, "template", "charts/app/templates/a.yaml", 1, "Bad: <redacted> <redacted>."},
		{"a text that does not parse", map[string]string{"templates/a.yaml": "a: {{ tpl \"canary-tpl {{ .x } }}\" . }}"}, "template", "charts/app/templates/a.yaml", 1, "The function tpl fails: unexpected \"}\" in operand."},
		{"a text that does not execute", map[string]string{"templates/a.yaml": "a: {{ tpl \"canary-tpl {{ .Values.a.b }}\" . }}"}, "template", "charts/app/templates/a.yaml", 1, "Nil pointer evaluating interface {}.b, at {{ .Values.a.b }}."},
		{"a literal in an expression", map[string]string{"templates/a.yaml": "a: {{ index \"canary-literal\" \"x\" }}"}, "template", "charts/app/templates/a.yaml", 1, ""},
		{"range over a text", map[string]string{"templates/a.yaml": "a: {{ range .Values.word }}{{ end }}"}, "template", "charts/app/templates/a.yaml", 1, "Range can't iterate over this value, at {{ .Values.word }}."},
		{"an unknown function", map[string]string{"templates/a.yaml": "a: b\nc: {{ nothing }}"}, "template", "charts/app/templates/a.yaml", 2, "Function \"nothing\" not defined."},
		{"an unknown template", map[string]string{"templates/a.yaml": "{{ include \"gone\" . }}"}, "template", "charts/app/templates/a.yaml", 1, "There is no template named gone."},
		{"an unclosed action", map[string]string{"templates/a.yaml": "a: b\n{{ if true }}"}, "template", "charts/app/templates/a.yaml", 2, "Unexpected EOF."},
		{"a function that panics", map[string]string{"templates/a.yaml": "{{ mustToDuration \"x\" }}"}, "template", "charts/app/templates/a.yaml", 1, ""},
		{"a text without bounds", map[string]string{"templates/a.yaml": "{{ repeat 2000000000 \"xxxxxxxxxx\" }}"}, "template", "charts/app/templates/a.yaml", 1, "The function repeat fails: 2000000000 is too large a number."},
		{"a list without bounds", map[string]string{"templates/a.yaml": "{{ until 1000000000 }}"}, "template", "charts/app/templates/a.yaml", 1, "The function until fails: 1000000000 is too large a number, at {{ until 1000000000 }}."},
		{"an indent without bounds", map[string]string{"templates/a.yaml": "{{ nindent 1000000000 .Values.word }}"}, "template", "charts/app/templates/a.yaml", 1, "The function nindent fails: 1000000000 is too large a number, at {{ nindent 1000000000 .Values.word }}."},
		{"randomness without bounds", map[string]string{"templates/a.yaml": "{{ randAlphaNum 1000000000 }}"}, "template", "charts/app/templates/a.yaml", 1, "The function randAlphaNum fails: 1000000000 is too large a number, at {{ randAlphaNum 1000000000 }}."},
		{"include without end", map[string]string{"templates/a.yaml": "{{ define \"a\" }}{{ include \"b\" . }}{{ end }}{{ define \"b\" }}{{ include \"a\" . }}{{ end }}{{ include \"a\" . }}"}, "template", "charts/app/templates/a.yaml", 1, "The template a includes itself without end."},
		{"template without end", map[string]string{"templates/a.yaml": "{{ define \"a\" }}{{ template \"a\" . }}{{ end }}{{ template \"a\" . }}"}, "template", "charts/app/templates/a.yaml", 1, "A template includes itself without end."},
		{"in a packed subchart", map[string]string{"charts/sub-1.tgz": string(pack(t, sub))}, "template", "charts/app/charts/sub-1.tgz", 0, "In line 2 of templates/s.yaml in charts/app/charts/sub-1.tgz: Nil pointer evaluating interface {}.b, at {{ .Values.a.b }}."},
	} {
		t.Run(one.name, one.check)
	}
}

func TestManifestProblems(t *testing.T) {
	for _, one := range []chartProblem{
		{"not YAML", map[string]string{"templates/a.yaml": "a: b\n---\na: [\nb\n"}, "syntax", "charts/app/templates/a.yaml", 3, "charts/app/templates/a.yaml gives text that is not YAML: did not find expected ',' or ']' (line 2 of the document)."},
		{"an anchor that is a value", map[string]string{"templates/a.yaml": "kind: Secret\nstringData:\n  a: *canary-anchor\n"}, "syntax", "charts/app/templates/a.yaml", 0, "charts/app/templates/a.yaml gives text that is not YAML: unknown anchor referenced."},
		{"a list", map[string]string{"templates/a.yaml": "- a\n"}, "invalid-resource", "charts/app/templates/a.yaml", 0, "charts/app/templates/a.yaml gives no resource: it has a list where a mapping is wanted."},
		{"a list as annotations", map[string]string{"templates/a.yaml": "kind: Pod\nmetadata: {annotations: [1]}\n"}, "invalid-resource", "charts/app/templates/a.yaml", 0, "charts/app/templates/a.yaml gives no resource: it has a list at metadata.annotations."},
		{"no kind", map[string]string{"templates/a.yaml": "apiVersion: v1\nmetadata: {name: x}\n"}, "invalid-resource", "charts/app/templates/a.yaml", 0, "charts/app/templates/a.yaml gives an object without kind."},
		{"no apiVersion", map[string]string{"templates/a.yaml": "kind: Pod\nmetadata: {name: x}\n"}, "invalid-resource", "charts/app/templates/a.yaml", 0, "charts/app/templates/a.yaml gives an object without apiVersion."},
		{"a symlink out of the repository", map[string]string{"templates/a.yaml": "-> ../../../../../etc/hostname"}, "forbidden-path", "charts/app/templates/a.yaml", 0, "charts/app/templates/a.yaml leads out of the repository."},
		{"a symlink to nothing", map[string]string{"templates/a.yaml": "-> gone.yaml"}, "missing-file", "", 0, "charts/app/templates/a.yaml does not exist."},
		{"a symlink to its own folder", map[string]string{"templates/loop": "-> .."}, "invalid-chart", "charts/app/templates/loop", 0, "charts/app/templates/loop is a symlink to a folder that it stands in."},
	} {
		t.Run(one.name, one.check)
	}
}

func TestSourceProblems(t *testing.T) {
	files := map[string]string{"/broken.yaml": "a: b\nc: [\n", "/list.yaml": "- a", "/link.yaml": "-> ../../outside.yaml", "charts/sub/Chart.yaml": subYAML}
	cases := []struct {
		name    string
		source  Source
		kind    string
		subject string
		path    string
		line    int
		message string
	}{
		{"a chart that is not there", Source{Chart: ChartPlace{Path: "charts/gone"}}, "missing-file", "charts/gone", "", 0, "charts/gone does not exist."},
		{"a chart outside", Source{Chart: ChartPlace{Path: "charts/../../x"}}, "forbidden-path", "charts/../../x", "", 0, "charts/../../x is outside of the repository."},
		{"a chart that is a file", Source{Chart: ChartPlace{Path: "charts/app/Chart.yaml"}}, "not-a-directory", "charts/app/Chart.yaml", "charts/app/Chart.yaml", 0, ""},
		{"a folder without chart", Source{Chart: ChartPlace{Path: "charts"}}, "invalid-chart", "", "", 0, "charts has no Chart.yaml."},
		{"a long name", Source{Chart: ChartPlace{Path: "charts/app"}, ReleaseName: strings.Repeat("x", 54)}, "invalid-values", strings.Repeat("x", 54), "", 0, ""},
		{"no version", Source{Chart: ChartPlace{Path: "charts/app"}, KubeVersion: "newest"}, "invalid-values", "newest", "", 0, "\"newest\" is not a version of Kubernetes."},
		{"missing values", app(Layer{File: "env/gone.yaml"}), "missing-file", "env/gone.yaml", "", 0, "env/gone.yaml does not exist."},
		{"missing values of the chart", app(Layer{ChartFile: "gone.yaml"}), "missing-file", "charts/app/gone.yaml", "", 0, ""},
		{"a glob that matches nothing", app(Layer{File: "env/*.yaml"}), "missing-file", "env/*.yaml", "", 0, "No file matches env/*.yaml."},
		{"values that are a folder", app(Layer{File: "charts/app"}), "invalid-values", "charts/app", "", 0, "charts/app is a folder; a file with values is wanted."},
		{"a glob that is none", app(Layer{File: "env/[.yaml"}), "invalid-values", "env/[.yaml", "", 0, "env/[.yaml is not a valid glob."},
		{"remote values", app(Layer{File: "https://example.com/v.yaml"}), "remote", "https://example.com/v.yaml", "", 0, "https://example.com/v.yaml is remote, and remote values are not fetched."},
		{"values outside", app(Layer{File: "../v.yaml"}), "forbidden-path", "../v.yaml", "", 0, ""},
		{"values behind a symlink that leads out", app(Layer{File: "link.yaml"}), "forbidden-path", "link.yaml", "link.yaml", 0, ""},
		{"values that are not YAML", app(Layer{File: "broken.yaml"}), "invalid-values", "", "broken.yaml", 2, ""},
		{"values that are a list", app(Layer{File: "list.yaml"}), "invalid-values", "", "list.yaml", 0, "list.yaml is not valid: it has a list where a mapping is wanted."},
		{"text that is not YAML", app(text("a: b: canary")), "invalid-values", "", "", 0, "The text of the values is not valid: mapping values are not allowed in this context."},
		{"a parameter with a comma", app(set("password=abc,canary")), "invalid-values", "password", "", 0, "The parameter password cannot be parsed; in a value, a comma is written \\, as --set takes it."},
		{"a value at a path that is none", app(Layer{At: &At{Path: "a[-1]", Value: "canary"}}), "invalid-values", "a[-1]", "", 0, ""},
		{"a missing file for a value", app(Layer{SetFile: &SetFile{Name: "a", File: "gone.txt"}}), "missing-file", "gone.txt", "", 0, ""},
		{"a text for a subchart", app(text("sub: canary")), "invalid-values", "sub", "", 0, "The value sub belongs to the subchart of that name and has to be a mapping."},
	}
	disk := fixture.Disk(t, chartOf(files))
	for _, one := range cases {
		t.Run(one.name, func(t *testing.T) {
			source := one.source
			if source.ReleaseName == "" {
				source.ReleaseName = "rel"
			}
			found := problemOf(t, disk, source)
			if found.Kind != one.kind || pointed(found.Subject) != one.subject || pointed(found.Path) != one.path || pointed(found.Line) != one.line {
				t.Errorf("got %s, subject %q, at %q:%d: %s", found.Kind, pointed(found.Subject), pointed(found.Path), pointed(found.Line), found.Message)
			}
			if one.message != "" && found.Message != one.message {
				t.Errorf("got %q", found.Message)
			}
			if strings.Contains(found.Message, "canary") {
				t.Errorf("the message tells too much: %s", found.Message)
			}
		})
	}
}

func TestChartsThatWantValues(t *testing.T) {
	for name, one := range map[string]struct {
		files map[string]string
		wants string
	}{
		"required":                        {map[string]string{"templates/a.yaml": "a: {{ required \"say a\" .Values.a }}"}, "more"},
		"fail in a helper":                {map[string]string{"templates/a.yaml": "{{ include \"h\" . }}", "templates/_h.tpl": "{{ define \"h\" }}{{ if not .Values.a }}{{ fail \"say a\" }}{{ end }}{{ end }}"}, "other"},
		"fail with a value that is given": {map[string]string{"templates/a.yaml": "{{ .Values.word | printf \"not %s\" | fail }}"}, "other"},
		"fail in a text":                  {map[string]string{"templates/a.yaml": "{{ tpl \"{{ fail \\\"no\\\" }}\" . }}"}, "other"},
		"a part of nothing":               {map[string]string{"templates/a.yaml": "a: {{ .Values.a.b }}"}, "more"},
		"a function of nothing":           {map[string]string{"templates/a.yaml": "a: {{ trunc 3 .Values.a }}"}, "more"},
		"an item of nothing":              {map[string]string{"templates/a.yaml": "a: {{ index .Values.a \"b\" }}"}, "more"},
		"what the schema wants":           {map[string]string{"values.schema.json": `{"required":["a"]}`}, "more"},
		"of another type":                 {map[string]string{"values.schema.json": `{"required":["a"],"properties":{"word":{"type":"integer"}}}`}, ""},
		"a misspelled object":             {map[string]string{"templates/a.yaml": "a: {{ .Value.a.b }}"}, ""},
		"an unknown function":             {map[string]string{"templates/a.yaml": "a: {{ nothing .Values.a }}"}, ""},
		"an unclosed action":              {map[string]string{"templates/a.yaml": "{{ if .Values.a }}"}, ""},
		"a part of a text":                {map[string]string{"templates/a.yaml": "a: {{ .Values.word.b }}"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			found := problemOf(t, fixture.Disk(t, chartOf(one.files)), app(hush))
			if found.WantsValues != one.wants {
				t.Errorf("got %q: %s", found.WantsValues, found.Message)
			}
		})
	}
}
