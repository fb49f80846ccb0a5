package crd

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestRulesBesideOtherErrors: what else is wrong with a definition does not keep its rules from being checked.
func TestRulesBesideOtherErrors(t *testing.T) {
	const names = `"names":{"plural":"widgets","singular":"widget","kind":"Widget","listKind":"WidgetList"}`
	const spec = `"spec":{"type":"object","properties":{"min":{"type":"integer"}},"x-kubernetes-validations":[{"rule":"self.nothing > 1"}]}`
	definition := func(name, names, properties string) string {
		return fmt.Sprintf(`{"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":%q},"spec":{"group":"example.com","scope":"Namespaced",%s,
			"versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","properties":{%s}}}}]}}`, name, names, properties)
	}
	for name, text := range map[string]string{
		"alone":                        definition("widgets.example.com", names, spec),
		"a wrong name":                 definition("gadgets.example.com", names, spec),
		"no plural":                    definition("widgets.example.com", `"names":{"kind":"Widget"}`, spec),
		"another one has a wrong type": definition("widgets.example.com", names, spec+`,"other":{"type":"text"}`),
		"one without type":             definition("widgets.example.com", names, spec+`,"other":{"description":"anything"}`),
		"a list without items":         definition("widgets.example.com", names, spec+`,"other":{"type":"array"}`),
		"a default of a wrong type":    definition("widgets.example.com", names, spec+`,"other":{"type":"integer","default":"one"}`),
		"a type that is not written":   definition("widgets.example.com", names, strings.Replace(spec, `"type":"object",`, "", 1)),
		"a mistake beside it": definition("widgets.example.com", names, strings.Replace(spec, `"min":`,
			`"a":{"type":"text"},"b":{"type":"array","items":{}},"c":{"x-kubernetes-int-or-string":true,"type":"string"},"d":{"type":"string","uniqueItems":true},"min":`, 1)),
		"a rule without message beside it": definition("widgets.example.com", names, strings.Replace(spec, `[{"rule"`, `[{"rule":"self.min >\n 1"},{"rule":""},{"rule"`, 1)),
		"another rule is broken":           definition("widgets.example.com", names, spec+`,"other":{"type":"string","x-kubernetes-validations":[{"rule":"("}]}`),
	} {
		t.Run(name, func(t *testing.T) {
			reply, err := Definitions(context.Background(), DefinitionParams{Definitions: []json.RawMessage{json.RawMessage(text)}})
			if err != nil {
				t.Fatal(err)
			}
			isOfRule := func(one Violation) bool {
				return slices.Contains(one.FieldPath, any("spec")) && slices.Contains(one.FieldPath, any("rule"))
			}
			if !slices.ContainsFunc(reply.Results[0].Violations, isOfRule) {
				t.Errorf("%+v", reply.Results[0])
			}
			places := map[string]bool{}
			for _, one := range reply.Results[0].Violations {
				if at := fmt.Sprint(one.FieldPath); places[at] {
					t.Errorf("told twice: %s", at)
				} else {
					places[at] = true
				}
			}
		})
	}
}

// TestRulesOfWhatHasNoType: a rule is not refused for what it does with a field of which nobody knows the type.
func TestRulesOfWhatHasNoType(t *testing.T) {
	for _, fields := range []string{
		`{ any: { description: d }, max: { type: integer } }`,
		`{ any: { type: text }, max: { type: integer } }`,
		`{ any: { description: d, default: 3 }, max: { type: integer, default: x } }`,
		`{ any: { type: array }, max: { type: integer } }`,
	} {
		schema := schemaOf(fields, `[{ rule: "self.any.all(x, x.startsWith('a') || x > self.max)" }, { rule: "size(self.any) > 0 && self.any == oldSelf.any" }]`)
		definition := fmt.Sprintf(`{"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"widgets.example.com"},"spec":{"group":"example.com","scope":"Namespaced",
			"names":{"plural":"widgets","kind":"Widget"},"versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":%s}}]}}`, asJSON(t, schema))
		reply, err := Definitions(context.Background(), DefinitionParams{Definitions: []json.RawMessage{json.RawMessage(definition)}})
		if err != nil {
			t.Fatal(err)
		}
		if got := said(reply.Results[0]); got != "" {
			t.Errorf("%s: %s", fields, got)
		}
	}
}
