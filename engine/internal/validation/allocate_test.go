package validation

import (
	"encoding/json"
	"testing"
)

// What the API server gives a Service before it asks its rules is no mistake of the author;
// what contradicts itself is.
func TestAllocatedFields(t *testing.T) {
	for spec, want := range map[string]string{
		`"type":"LoadBalancer","externalTrafficPolicy":"Local"`:                             "",
		`"type":"LoadBalancer","externalTrafficPolicy":"Local","healthCheckNodePort":31000`: "",
		`"clusterIP":"None"`: "",
		`"clusterIP":"10.1.2.3","ipFamilyPolicy":"PreferDualStack"`: "",
		`"type":"LoadBalancer","healthCheckNodePort":31000`:         "spec.healthCheckNodePort",
		`"clusterIP":"10.1.2.3","clusterIPs":["10.1.2.4"]`:          "spec.clusterIPs",
		`"clusterIPs":["10.1.2.4"]`:                                 "spec.clusterIPs",
		`"type":"NodePort","clusterIP":"None"`:                      "spec.clusterIPs[0]",
	} {
		object := json.RawMessage(`{"apiVersion":"v1","kind":"Service","metadata":{"name":"one"},"spec":{"ports":[{"port":80}],` + spec + `}}`)
		result := validated(t, "1.37", object).Results[0]
		if got := fields(result); got != want || !result.Checked || result.Problem != "" {
			t.Errorf("%s: %q, not %q: %+v", spec, got, want, result)
		}
	}
}
