package crd

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
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
		"another rule is broken":       definition("widgets.example.com", names, spec+`,"other":{"type":"string","x-kubernetes-validations":[{"rule":"("}]}`),
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
		})
	}
}
