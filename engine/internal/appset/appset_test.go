package appset

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"
)

func TestRender(t *testing.T) {
	cases := []struct {
		name     string
		template string // of Template
		want     string // of the result
	}{
		{"the simple form", `{"template":{"a":"{{ name }}-{{x}}","n":3,"b":true,"z":null,"l":["{{name}}"]},"parameters":{"name":"n"}}`,
			`{"a":"n-{{x}}","n":3,"b":true,"z":null,"l":["n"]}`},
		{"keys are templates", `{"template":{"labels":{"{{name}}":"v"}},"parameters":{"name":"n"}}`, `{"labels":{"n":"v"}}`},
		{"nested parameters have names with dots", `{"template":"{{path.basename}} {{ path.segments.1 }} {{n}} {{flag}}","parameters":{"path":{"basename":"app","segments":["apps","app"]},"n":2,"flag":false}}`,
			`"app app 2 false"`},
		{"a name with brackets", `{"template":"{{path[0]}}","parameters":{"path[0]":"apps"}}`, `"apps"`},
		{"an empty tag stays", `{"template":"{{}} {{ }}","parameters":{"a":"b"}}`, `"{{}} {{ }}"`},
		{"no parameters, no rendering", `{"template":"{{ .a }}","parameters":{},"goTemplate":true}`, `"{{ .a }}"`},
		{"a Go template", `{"template":{"a":"{{ .path.basename | upper }}","b":"{{ index .path.segments 1 }}","{{ .name }}":"{{if .gone}}x{{end}}"},"parameters":{"name":"n","path":{"basename":"app","segments":["apps","app"]}},"goTemplate":true}`,
			`{"a":"APP","b":"app","n":""}`},
		{"a missing key by default", `{"template":"{{ .gone }}","parameters":{"a":"b"},"goTemplate":true}`, `"<no value>"`},
		{"Argo CD's functions", `{"template":"{{ normalize .n }} {{ slugify 6 true .n }} {{ slugify .n }} {{ (fromYaml .y).a }} {{ index (fromYamlArray .l) 0 }} {{ toYaml .m }}","parameters":{"n":"My_App!x","y":"a: b","l":"[c]","m":{"d":"e"}},"goTemplate":true}`,
			`"my-app-x my-app my-app-x b c d: e"`},
		{"tpl", `{"template":"{{ tpl .t . }}","parameters":{"t":"<{{ .x }}>","x":"y"},"goTemplate":true}`, `"<y>"`},
		{"a patch", `{"template":{"metadata":{"finalizers":["a"]},"spec":{"project":"p","source":{"path":"x","helm":{"valueFiles":["a.yaml"]}},"gone":1}},"parameters":{"env":"prod"},"patch":"metadata: {finalizers: [b]}\nspec:\n  project: other\n  gone: null\n  source:\n    helm:\n      valueFiles: ['{{env}}.yaml']\n"}`,
			`{"metadata":{"finalizers":["b","a"]},"spec":{"project":"p","source":{"path":"x","helm":{"valueFiles":["prod.yaml"]}}}}`},
		{"a patch in JSON, of Go templates", `{"template":{"spec":{"sources":[{"path":"x"}]}},"parameters":{"env":"prod"},"goTemplate":true,"patch":"{\"spec\": {{ if .env }}{\"sources\": [{\"path\": \"{{ .env }}\"}]}{{ end }}}"}`,
			`{"spec":{"sources":[{"path":"prod"}]}}`},
		{"a patch that is empty", `{"template":{"spec":{"project":"p"}},"parameters":{"a":"b"},"patch":""}`, `{"spec":{"project":"p"}}`},
		{"a directive of a patch", `{"template":{"spec":{"source":{"helm":{"a":1},"path":"x"}}},"parameters":{"a":"b"},"patch":"spec: {source: {helm: {$patch: replace, b: 2}}}"}`,
			`{"spec":{"source":{"helm":{"b":2},"path":"x"}}}`},
	}
	for _, one := range cases {
		t.Run(one.name, func(t *testing.T) {
			result := rendered(t, one.template)
			if result.Error != nil {
				t.Fatal(*result.Error)
			}
			var want any
			if err := json.Unmarshal([]byte(one.want), &want); err != nil {
				t.Fatal(err)
			}
			got, _ := json.Marshal(result.Result)
			wanted, _ := json.Marshal(want)
			if string(got) != string(wanted) {
				t.Errorf("got  %s\nwant %s", got, wanted)
			}
		})
	}
}

func TestErrors(t *testing.T) {
	cases := []struct{ name, template, want string }{
		{"a missing key, where that is an error", `{"template":"{{ .gone }}","parameters":{"a":"b"},"goTemplate":true,"options":["missingkey=error"]}`, `map has no entry for key "gone"`},
		{"an unknown option", `{"template":"x","parameters":{"a":"b"},"goTemplate":true,"options":["nonsense=1"]}`, "nonsense=1"},
		{"a template that does not parse", `{"template":"{{ .a","parameters":{"a":"b"},"goTemplate":true}`, "failed to parse template"},
		{"the environment", `{"template":"{{ env \"HOME\" }}","parameters":{"a":"b"},"goTemplate":true}`, `function "env" not defined`},
		{"expandenv", `{"template":"{{ expandenv \"$HOME\" }}","parameters":{"a":"b"},"goTemplate":true}`, `function "expandenv" not defined`},
		{"a host by name", `{"template":"{{ getHostByName \"a\" }}","parameters":{"a":"b"},"goTemplate":true}`, `function "getHostByName" not defined`},
		{"tpl that calls itself", `{"template":"{{ tpl .a . }}","parameters":{"a":"{{ tpl .a . }}"},"goTemplate":true}`, "maximum recursion depth 3"},
		{"slugify of a number", `{"template":"{{ slugify 3 }}","parameters":{"a":"b"},"goTemplate":true}`, "slugify takes"},
		{"a patch that is no YAML", `{"template":{},"parameters":{"a":"b"},"patch":"a: ["}`, "invalid templatePatch"},
		{"a patch below valuesObject", `{"template":{"spec":{"source":{"helm":{"valuesObject":{"a":{"b":1}}}}}},"parameters":{"a":"b"},"patch":"spec: {source: {helm: {valuesObject: {a: {b: 2}}}}}"}`, "unable to find api field in struct RawExtension"},
		{"a patch of what is no object", `{"template":"x","parameters":{"a":"b"},"patch":"a: b"}`, "not an object"},
	}
	for _, one := range cases {
		t.Run(one.name, func(t *testing.T) {
			result := rendered(t, one.template)
			if result.Error == nil {
				t.Fatalf("it rendered: %v", result.Result)
			}
			if !strings.Contains(*result.Error, one.want) {
				t.Errorf("got %q, want %q", *result.Error, one.want)
			}
		})
	}
}

// TestOneBadTemplate: the others have their results.
func TestOneBadTemplate(t *testing.T) {
	params := Params{Templates: []Template{
		{Template: "{{ .a", Parameters: map[string]any{"a": "b"}, GoTemplate: true},
		{Template: "{{ .a }}", Parameters: map[string]any{"a": "b"}, GoTemplate: true},
	}}
	reply := Render(params)
	if reply.Results[0].Error == nil || reply.Results[1].Result != "b" {
		t.Errorf("got %+v", reply.Results)
	}
}

func rendered(t *testing.T, text string) Result {
	t.Helper()
	var template Template
	if err := json.Unmarshal([]byte(text), &template); err != nil {
		t.Fatal(err)
	}
	return Render(Params{Templates: []Template{template}}).Results[0]
}

// TestSameEachTime: random values and dates are those of the parameters, not of the moment.
func TestSameEachTime(t *testing.T) {
	const text = `{{ randAlphaNum 12 }} {{ uuidv4 }} {{ now | date "2006-01-02" }} {{ genPrivateKey "rsa" | sha256sum }}`
	of := func(name string) any {
		result := rendered(t, `{"template":`+strconv.Quote(text)+`,"parameters":{"name":"`+name+`"},"goTemplate":true}`)
		if result.Error != nil {
			t.Fatal(*result.Error)
		}
		return result.Result
	}
	first := of("a")
	if again := of("a"); again != first || !strings.Contains(again.(string), " 2026-01-01 ") {
		t.Errorf("got %v after %v", again, first)
	}
	if other := of("b"); other == first {
		t.Errorf("others have %v too", other)
	}
}

func TestPatchesAreNotNestedWithoutEnd(t *testing.T) {
	for levels, fails := range map[int]bool{150: false, 250: true, 5000: true} {
		patch := `spec: {source: ` + strings.Repeat("[", levels) + strings.Repeat("]", levels) + "}"
		result := rendered(t, `{"template":{"spec":{}},"parameters":{"a":"b"},"patch":`+strconv.Quote(patch)+`}`)
		if failed := result.Error != nil && strings.Contains(*result.Error, "nested deeper than 200 levels"); failed != fails {
			t.Errorf("%d levels: %v", levels, result.Error)
		}
	}
}
