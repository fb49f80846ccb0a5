package resourceset

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"hydrant/engine/internal/rendering"
)

const service = `{"apiVersion":"v1","kind":"Service","metadata":{"name":"<< inputs.app | slugify >>"},"spec":{"ports":[{"port":"<< inputs.port | int >>"}]}}`

func sourceOf(t *testing.T, text string) Source {
	t.Helper()
	var source Source
	if err := json.Unmarshal([]byte(text), &source); err != nil {
		t.Fatal(err)
	}
	return source
}

func TestRender(t *testing.T) {
	const made = `{"apiVersion":"v1","kind":"Service","metadata":{"name":"the-shop"},"spec":{"ports":[{"port":80}]}}`
	cases := []struct{ name, source, want string }{
		{"an object for each set of inputs", `{"inputs":[{"app":"The Shop","port":80},{"app":"b","port":8000000}],"stages":[{"resources":[` + service + `]}]}`,
			made + ` {"apiVersion":"v1","kind":"Service","metadata":{"name":"b"},"spec":{"ports":[{"port":8000000}]}}`},
		{"equal objects once", `{"inputs":[{"app":"The Shop","port":80},{"app":"the shop","port":81}],"stages":[{"resources":[` + service + `]}]}`, made},
		{"a text of several", `{"inputs":[{"names":["a","b"]}],"stages":[{"resources":[],"template":"<<- range inputs.names >>\n---\napiVersion: v1\nkind: Namespace\nmetadata: {name: << . >>}\n<<- end >>\n"}]}`,
			`{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"a"}} {"apiVersion":"v1","kind":"Namespace","metadata":{"name":"b"}}`},
		{"no inputs", `{"inputs":[],"stages":[{"resources":[{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"a"}}]}]}`, `{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"a"}}`},
		{"what is disabled", `{"inputs":[{"on":"disabled"}],"stages":[{"resources":[{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"a","annotations":{"fluxcd.controlplane.io/reconcile":"<< inputs.on >>"}}}]}]}`, ``},
		{"what is disabled, without inputs", `{"inputs":[],"stages":[{"resources":[{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"a","annotations":{"fluxcd.controlplane.io/reconcile":"disabled"}}}]}]}`,
			`{"apiVersion":"v1","kind":"Namespace","metadata":{"annotations":{"fluxcd.controlplane.io/reconcile":"disabled"},"name":"a"}}`},
		{"what is disabled in a text", `{"inputs":[],"stages":[{"resources":[],"template":"apiVersion: v1\nkind: Namespace\nmetadata: {name: a, annotations: {fluxcd.controlplane.io/reconcile: disabled}}\n"}]}`, ``},
	}
	for _, one := range cases {
		t.Run(one.name, func(t *testing.T) {
			items, err := Render(nil, sourceOf(t, one.source), false)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, item := range items {
				text, err := item.Node.MarshalJSON()
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, strings.TrimSpace(string(text)))
			}
			if all := strings.Join(got, " "); all != one.want {
				t.Errorf("got %s, want %s", all, one.want)
			}
		})
	}
}

func TestStepsMakeNoObjectTwice(t *testing.T) {
	const namespace = `{"resources":[{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"a"}}]}`
	_, err := Render(nil, sourceOf(t, `{"inputs":[],"stages":[`+namespace+`,`+namespace+`]}`), false)
	var problem *rendering.Problem
	if !errors.As(err, &problem) || !strings.HasPrefix(problem.Message, "Two steps of the ResourceSet make /Namespace//a") {
		t.Errorf("got %v", err)
	}
}

func TestStepsMayLeaveOutWhatAnotherMakes(t *testing.T) {
	const namespace = `{"resources":[{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"a"%s}}]}`
	stages := fmt.Sprintf(namespace+","+namespace, "", `,"annotations":{"fluxcd.controlplane.io/reconcile":"disabled"}`)
	items, err := Render(nil, sourceOf(t, `{"inputs":[{}],"stages":[`+stages+`]}`), false)
	if err != nil || len(items) != 1 {
		t.Errorf("got %v, %v", items, err)
	}
}

func TestTemplatesGiveTheSameEachTime(t *testing.T) {
	const text = `metadata: {name: \"<< keys inputs | join \"-\" >><< randInt 3 900000 >><< ago 1700000000 >>\"}`
	source := sourceOf(t, `{"inputs":[{"e":1,"d":2,"c":3,"b":4,"a":5}],"stages":[{"resources":[],"template":"apiVersion: v1\nkind: Namespace\n`+text+`"}]}`)
	var first string
	for range 9 {
		items, err := Render(nil, source, false)
		if err != nil || len(items) != 1 || !regexp.MustCompile(`^a-b-c-d-e\d+18673h46m40s$`).MatchString(items[0].Node.GetName()) {
			t.Fatalf("got %v, %v", items, err)
		}
		if name := items[0].Node.GetName(); first == "" {
			first = name
		} else if name != first {
			t.Fatalf("got %s after %s", name, first)
		}
	}
}

func TestProblems(t *testing.T) {
	for template, want := range map[string]string{
		`<< inputs.gone >>`:                    `A template of the ResourceSet cannot be rendered: at <inputs>: map has no entry for key "gone".`,
		`<< env \"HOME\" >>`:                   `A template of the ResourceSet cannot be rendered: function "env" not defined.`,
		`<< repeat 99999999999 \"a\" >>`:       `A template of the ResourceSet cannot be rendered: at <repeat 99999999999 "a">: error calling repeat: 99999999999 is too large a number.`,
		`<< untilStep 0 99999999999 1 >>`:      `A template of the ResourceSet cannot be rendered: at <untilStep 0 99999999999 1>: error calling untilStep: 0 to 99999999999 are too many numbers.`,
		`a: {`:                                 `What a template of the ResourceSet gives is no manifest: did not find expected node content.`,
		`metadata: {name: << inputs.app >>}\n`: `What a template of the ResourceSet gives is no manifest: an object has no kind.`,
	} {
		_, err := Render(nil, sourceOf(t, `{"inputs":[{"app":"a"}],"stages":[{"resources":[],"template":"`+template+`"}]}`), false)
		var found *rendering.Problem
		if !errors.As(err, &found) || found.Kind != "template" || found.Message != want {
			t.Errorf("%s: got %v, want %s", template, err, want)
		}
	}
}
