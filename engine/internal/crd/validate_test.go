package crd

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"
)

// asked validates one resource by a schema, both in YAML.
func asked(t *testing.T, schema, object, old string, hidden ...[]any) Result {
	t.Helper()
	params := Params{Schema: asJSON(t, schema), HasStatus: true, Compare: true, Resources: []Resource{{Object: asJSON(t, object), Hidden: hidden}}}
	if old != "" {
		params.Resources[0].Old = asJSON(t, old)
	}
	reply := validated(t, params)
	if reply.Problem != "" || len(reply.Results) != 1 {
		t.Fatalf("%+v", reply)
	}
	return reply.Results[0]
}

func validated(t *testing.T, params Params) Reply {
	t.Helper()
	reply, err := Validate(context.Background(), params)
	if err != nil {
		t.Fatal(err)
	}
	return reply
}

func asJSON(t *testing.T, text string) json.RawMessage {
	t.Helper()
	data, err := yaml.YAMLToJSON([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// schemaOf is the schema of a kind whose spec has the fields and rules.
func schemaOf(fields, rules string) string {
	return fmt.Sprintf(`
type: object
properties:
  spec:
    type: object
    properties: %s
    x-kubernetes-validations: %s
  status: { type: object, properties: { ready: { type: boolean } } }
`, fields, rules)
}

const scale = `{ minReplicas: { type: integer, default: 1 }, maxReplicas: { type: integer, maximum: 100 }, token: { type: string }, names: { type: object, additionalProperties: { type: string, x-kubernetes-validations: [{ rule: "self != 'x'", message: not x }] } } }`

func object(spec string) string {
	return "apiVersion: example.com/v1\nkind: Scale\nmetadata: { name: s }\nspec: " + spec
}

func TestBrokenRules(t *testing.T) {
	for name, one := range map[string]struct{ rule, spec, want string }{
		"its message":                        {`{ rule: self.minReplicas <= self.maxReplicas, message: min above max }`, `{ minReplicas: 3, maxReplicas: 2 }`, `spec: min above max`},
		"none where it holds":                {`{ rule: self.minReplicas <= self.maxReplicas, message: min above max }`, `{ minReplicas: 1, maxReplicas: 2 }`, ``},
		"the expression without a message":   {`{ rule: self.minReplicas <= self.maxReplicas }`, `{ minReplicas: 3, maxReplicas: 2 }`, `spec: failed rule: self.minReplicas <= self.maxReplicas`},
		"a message that is computed":         {`{ rule: self.minReplicas <= self.maxReplicas, messageExpression: "'at most ' + string(self.maxReplicas)" }`, `{ minReplicas: 3, maxReplicas: 2 }`, `spec: at most 2`},
		"the field that the rule names":      {`{ rule: self.minReplicas <= self.maxReplicas, message: m, fieldPath: .maxReplicas, reason: FieldValueForbidden }`, `{ minReplicas: 3, maxReplicas: 2 }`, `spec.maxReplicas: m`},
		"defaults first":                     {`{ rule: self.minReplicas <= self.maxReplicas, message: m }`, `{ maxReplicas: 0 }`, `spec: m`},
		"the reason of a duplicate":          {`{ rule: self.minReplicas <= self.maxReplicas, message: m, reason: FieldValueDuplicate }`, `{ minReplicas: 3, maxReplicas: 2 }`, `spec: Duplicate value`},
		"an error while a rule is evaluated": {`{ rule: self.maxReplicas / self.minReplicas > 0 }`, `{ minReplicas: 0, maxReplicas: 2 }`, `spec: division by zero evaluating rule: self.maxReplicas / self.minReplicas > 0`},
		"a transition without an old one":    {`{ rule: self.minReplicas == oldSelf.minReplicas, message: m }`, `{ minReplicas: 3 }`, ``},
		"a key with dots":                    {`{ rule: "true" }`, `{ names: { a.b: x, "c[0]": x, d: z } }`, `spec.names.a.b: not x|spec.names.c[0]: not x`},
		"a field that does not exist":        {`{ rule: "true" }`, `{ names: { a: x }, other: 3 }`, `spec.names.a: not x`},
	} {
		t.Run(name, func(t *testing.T) {
			result := asked(t, schemaOf(scale, "["+one.rule+"]"), object(one.spec), "")
			if got := said(result); got != one.want {
				t.Errorf("got %q, want %q", got, one.want)
			}
		})
	}
}

// said has a line for each violation; a path's names are joined as they are.
func said(result Result) string {
	lines := []string{}
	for _, one := range result.Violations {
		steps := []string{}
		for _, step := range one.FieldPath {
			steps = append(steps, fmt.Sprint(step))
		}
		lines = append(lines, strings.Join(steps, ".")+": "+one.Message)
	}
	return strings.Join(append(lines, result.Unchecked...), "|")
}

func TestPathsAreTakenApart(t *testing.T) {
	schema := `
type: object
properties:
  a.b: { type: array, items: { type: object, additionalProperties: { type: integer, x-kubernetes-validations: [{ rule: self < 3, message: small }] } } }
`
	result := asked(t, schema, "metadata: { name: s }\na.b: [{}, { x/y.z: 5 }]", "")
	want := []any{"a.b", float64(1), "x/y.z"}
	if len(result.Violations) != 1 || !reflect.DeepEqual(result.Violations[0].FieldPath, want) {
		t.Errorf("%+v", result)
	}
}

func TestTransitions(t *testing.T) {
	immutable := schemaOf(scale, `[{ rule: self.minReplicas == oldSelf.minReplicas, message: immutable }]`)
	if got := said(asked(t, immutable, object(`{ minReplicas: 3 }`), object(`{ minReplicas: 2 }`))); got != "spec: immutable" {
		t.Error(got)
	}
	// The old one gets defaults, too.
	if got := said(asked(t, immutable, object(`{ minReplicas: 1 }`), object(`{}`))); got != "" {
		t.Error(got)
	}
	optional := schemaOf(`{ minReplicas: { type: integer } }`, `[{ rule: oldSelf.hasValue() || self.minReplicas == 1, optionalOldSelf: true, message: starts with one }]`)
	if got := said(asked(t, optional, object(`{ minReplicas: 3 }`), "")); got != "spec: starts with one" {
		t.Error(got)
	}
	if got := said(asked(t, optional, object(`{ minReplicas: 3 }`), object(`{}`))); got != "" {
		t.Error(got)
	}
	unknown := validated(t, Params{Schema: asJSON(t, optional), Resources: []Resource{{Object: asJSON(t, object(`{ minReplicas: 3 }`))}}})
	if len(unknown.Results) != 0 || unknown.Rules || !unknown.Transitions {
		t.Errorf("where nothing is known of the old one, such a rule is not asked: %+v", unknown)
	}
}

func TestWhatCannotBeChecked(t *testing.T) {
	tooMuch := `[{ rule: "self.list.all(a, self.list.all(b, self.list.all(c, a + b + c != '')))" }]`
	items := []string{}
	for i := range 200 {
		items = append(items, fmt.Sprintf("i%d", i))
	}
	// Each of the calls is within the limit of one call, and costs next to no time.
	texts := `{ texts: { type: array, items: { type: string, x-kubernetes-validations: [{ rule: "!self.contains(self + '!')" }] } } }`
	long := strings.Repeat("x", 9000)
	for name, one := range map[string]struct{ fields, rules, spec, want string }{
		"a rule that does not compile": {scale, `[{ rule: self.nope == 1 }]`, `{}`, "a rule of its definition does not compile"},
		"a resource of another shape":  {scale, `[{ rule: "self.minReplicas > 5", message: m }]`, `{ minReplicas: one }`, "its rules are checked when its fields are right: see spec.minReplicas"},
		"too much work":                {`{ list: { type: array, items: { type: string } } }`, tooMuch, "{ list: [" + strings.Join(items, ", ") + "] }", tooCostly},
		"too much work altogether":     {texts, `[]`, "{ texts: [" + strings.Repeat(long+", ", 20) + "] }", tooCostly},
	} {
		t.Run(name, func(t *testing.T) {
			result := asked(t, schemaOf(one.fields, one.rules), object(one.spec), "")
			if len(result.Violations) != 0 || strings.Join(result.Unchecked, "|") != one.want {
				t.Errorf("%+v", result)
			}
		})
	}
	// What is wrong within limits keeps no rule from being asked.
	if got := said(asked(t, schemaOf(scale, `[{ rule: self.minReplicas > 5, message: m }]`), object(`{ maxReplicas: 101 }`), "")); got != "spec: m" {
		t.Error(got)
	}
}

func TestHiddenValues(t *testing.T) {
	looks := "a rule looks at values that are hidden here"
	for name, one := range map[string]struct{ rule, want string }{
		"the value":                       {`{ rule: self.token.startsWith('x'), message: m }`, looks},
		"its length":                      {`{ rule: size(self.token) > 9, message: m }`, looks},
		"that it is there":                {`{ rule: has(self.token), message: m }`, looks},
		"that it is not there":            {`{ rule: "!has(self.token)", message: m }`, looks},
		"another field":                   {`{ rule: self.minReplicas > 5, message: m }`, `spec: m`},
		"where it makes no difference":    {`{ rule: self.token == 'a' || self.minReplicas == 1, message: m }`, ``},
		"where it makes none, either":     {`{ rule: self.token == 'a' && self.minReplicas == 2, message: m }`, `spec: m`},
		"a message that would print it":   {`{ rule: self.minReplicas > 5, message: m, messageExpression: "'have ' + self.token" }`, `spec: m`},
		"the whole, compared with itself": {`{ rule: self == oldSelf, message: m }`, looks},
	} {
		t.Run(name, func(t *testing.T) {
			schema := schemaOf(scale, "["+one.rule+"]")
			spec := object(`{ token: "" }`)
			got := said(asked(t, schema, spec, spec, []any{"spec", "token"}))
			if got != one.want {
				t.Errorf("got %q, want %q", got, one.want)
			}
		})
	}
}

func TestHiddenDataWithoutSchema(t *testing.T) {
	schema := `
type: object
properties:
  spec: { type: object, properties: { data: { x-kubernetes-preserve-unknown-fields: true } }, x-kubernetes-validations: [{ rule: self == oldSelf, message: m }] }
`
	spec := object(`{ data: { token: "", a: 1 } }`)
	result := asked(t, schema, spec, spec, []any{"spec", "data", "token"})
	if len(result.Violations) != 0 || len(result.Unchecked) != 1 {
		t.Errorf("%+v", result)
	}
}

func TestSchemasThatCannotBeUsed(t *testing.T) {
	for _, schema := range []string{`type: 3`, `{ type: object, properties: { a: { properties: {} } } }`} {
		reply := validated(t, Params{Schema: asJSON(t, schema)})
		if reply.Problem == "" && reply.Rules {
			t.Errorf("%s: %+v", schema, reply)
		}
	}
	if reply := validated(t, Params{Schema: asJSON(t, `type: object`)}); reply.Rules {
		t.Error("no rules")
	}
}

func TestSameBytes(t *testing.T) {
	spec := object(`{ names: { a: x, b: x, c: x, d: x, e: x } }`)
	first := said(asked(t, schemaOf(scale, `[]`), spec, ""))
	for range 20 {
		if again := said(asked(t, schemaOf(scale, `[]`), spec, "")); again != first {
			t.Fatalf("%s\n%s", first, again)
		}
	}
}

func TestDefinitions(t *testing.T) {
	definition := func(rules string) json.RawMessage {
		schema := strings.ReplaceAll(schemaOf(scale, rules), "\n", "\n        ")
		return asJSON(t, `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: scales.example.com }
spec:
  group: example.com
  scope: Namespaced
  names: { kind: Scale, plural: scales }
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:`+schema)
	}
	reply, err := Definitions(context.Background(), DefinitionParams{Definitions: []json.RawMessage{
		definition(`[{ rule: self.minReplicas < 3 }]`),
		definition(`[{ rule: "true" }, { rule: self.nope < 3 }]`),
		definition(`[{ rule: "self.names.all(k, self.names.all(l, self.names.all(m, k + l + m != '')))" }]`),
		asJSON(t, `{ spec: 3 }`),
	}})
	if err != nil {
		t.Fatal(err)
	}
	path := "spec.versions.0.schema.openAPIV3Schema.properties.spec.x-kubernetes-validations"
	if got := said(reply.Results[0]); got != "" {
		t.Error(got)
	}
	if got := said(reply.Results[1]); !strings.HasPrefix(got, path+".1.rule: compilation failed: at 1:5: undefined field 'nope'") {
		t.Error(got)
	}
	if got := said(reply.Results[2]); !strings.Contains(got, path+".0.rule: estimated rule cost exceeds budget") {
		t.Error(got)
	}
	if len(reply.Results[3].Unchecked) != 1 {
		t.Errorf("%+v", reply.Results[3])
	}
}
