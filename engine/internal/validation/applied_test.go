package validation

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestApplied(t *testing.T) {
	for manifest, want := range map[string]string{
		`{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"d"},"spec":{}}`:                                                 `"replicas":1`,
		`{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"spec":{"containers":[{"name":"c","resources":{"limits":{"cpu":1}}}]}}`: `"cpu":"1"`,
		`{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s"},"stringData":{"a":""}}`:                                              `"data":{"a":""}`,
		`{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"n"}}`:                                                                 `"name":"n"`,
	} {
		object, ok := Applied([]byte(manifest))
		text, err := json.Marshal(object)
		if !ok || err != nil || !strings.Contains(string(text), want) {
			t.Errorf("%s: %s", manifest, text)
		}
	}
	for _, manifest := range []string{
		`{"apiVersion":"example.com/v1","kind":"Widget"}`,
		`{"apiVersion":"v1","kind":"Secret","data":{"a":"no base64"}}`,
		`nothing`,
	} {
		if _, ok := Applied([]byte(manifest)); ok {
			t.Error(manifest)
		}
	}
}

func TestPoliciesWithParameters(t *testing.T) {
	objects := documents(t, `
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: { name: p }
spec:
  paramKind: { apiVersion: v1, kind: ConfigMap }
  matchConstraints: { resourceRules: [{ apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods] }] }
  validations: [{ expression: params.data.a == object.metadata.name }]
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: { name: b }
spec: { policyName: p, validationActions: [Deny], paramRef: { name: c, parameterNotFoundAction: Deny } }
`)
	for _, result := range validated(t, "1.37", objects...).Results {
		if !result.Checked || result.Problem != "" || len(result.Errors) > 0 {
			t.Errorf("%+v", result)
		}
	}
}
