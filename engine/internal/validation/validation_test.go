package validation

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/util/yaml"
)

var versions = []string{"1.29", "1.30", "1.31", "1.32", "1.33", "1.34", "1.35", "1.36", "1.37"}

// Schemas accept these three of the fixture; what the API server says against them is right.
var refused = map[string]string{
	`"name":"rs"`:  "spec.template.metadata.labels spec.template.spec.containers",
	`"name":"rc"`:  "spec.selector spec.template",
	`"name":false`: "metadata.ownerReferences.name",
}

func TestValidObjects(t *testing.T) {
	for _, name := range []string{"workloads", "others"} {
		text, err := os.ReadFile("../../../test/fixtures/valid-core-kinds/" + name + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		objects := documents(t, string(text))
		for _, version := range versions {
			for index, result := range validated(t, version, objects...).Results {
				wanted := ""
				for mark, fields := range refused {
					if strings.Contains(string(objects[index]), mark) {
						wanted = fields
					}
				}
				if got := fields(result); got != wanted && !strings.Contains(result.Problem, wanted) {
					t.Errorf("%s: %s\n%+v", version, objects[index], result)
				}
			}
		}
	}
}

func TestRules(t *testing.T) {
	pod := func(fields string) string {
		return `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"one"},"spec":{` + fields + `}}`
	}
	container := func(fields string) string {
		return pod(`"containers":[{"name":"one","image":"example.com/one:1"` + fields + `}]`)
	}
	deployment := func(selector, template, policy string) string {
		return `{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"one"},"spec":{"selector":` + selector +
			`,"template":{"metadata":{"labels":` + template + `},"spec":{"restartPolicy":"` + policy +
			`","containers":[{"name":"one","image":"example.com/one:1"}]}}}}`
	}
	cron := func(schedule string) string {
		return `{"apiVersion":"batch/v1","kind":"CronJob","metadata":{"name":"one"},"spec":{"schedule":"` + schedule +
			`","jobTemplate":{"spec":{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"one","image":"example.com/one:1"}]}}}}}}`
	}
	tests := []struct{ name, object, want string }{
		{"a sound pod", container(``), ""},
		{"a sound deployment", deployment(`{"matchLabels":{"a":"b"}}`, `{"a":"b"}`, "Always"), ""},
		{"a sound schedule", cron("*/5 * * * *"), ""},
		{"a name in capitals", `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"One"}}`, "metadata.name"},
		{"a label's value", `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"one","labels":{"a":"b c"}}}`, "metadata.labels"},
		{"a label's key", `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"one","labels":{"a b":"c"}}}`, "metadata.labels"},
		{"a key of data", `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"one"},"data":{"a b":"c"}}`, "data[a b]"},
		{"a selector that misses its template", deployment(`{"matchLabels":{"a":"b"}}`, `{"a":"c"}`, "Always"), "spec.template.metadata.labels"},
		{"an operator", deployment(`{"matchExpressions":[{"key":"a","operator":"Is","values":["b"]}]}`, `{"a":"b"}`, "Always"), "spec.selector.matchExpressions[0].operator spec.selector"},
		{"the restart policy of a deployment", deployment(`{"matchLabels":{"a":"b"}}`, `{"a":"b"}`, "Never"), "spec.template.spec.restartPolicy"},
		{"a schedule", cron("every day"), "spec.schedule"},
		{"a port", container(`,"ports":[{"containerPort":70000}]`), "spec.containers[0].ports[0].containerPort"},
		{"the name of a port", container(`,"ports":[{"name":"much-too-long-for-a-port","containerPort":80}]`), "spec.containers[0].ports[0].name"},
		{"two containers of one name", pod(`"containers":[{"name":"one","image":"a"},{"name":"one","image":"b"}]`), "spec.containers[1].name"},
		{"a mount without volume", container(`,"volumeMounts":[{"name":"data","mountPath":"/data"}]`), "spec.containers[0].volumeMounts[0].name"},
		{"requests above limits", container(`,"resources":{"requests":{"cpu":"2"},"limits":{"cpu":"1"}}`), "spec.containers[0].resources.requests"},
		{"two probes in one", container(`,"livenessProbe":{"httpGet":{"port":80},"tcpSocket":{"port":80}}`), "spec.containers[0].livenessProbe.tcpSocket"},
		{"a Service without ports", `{"apiVersion":"v1","kind":"Service","metadata":{"name":"one"},"spec":{"selector":{"a":"b"}}}`, "spec.ports"},
		{"names of ports of a Service", `{"apiVersion":"v1","kind":"Service","metadata":{"name":"one"},"spec":{"ports":[{"port":80},{"port":81}]}}`, "spec.ports[0].name spec.ports[1].name"},
		{"a path of an Ingress", `{"apiVersion":"networking.k8s.io/v1","kind":"Ingress","metadata":{"name":"one"},"spec":{"rules":[{"http":{"paths":[{"path":"a","pathType":"Prefix","backend":{"service":{"name":"one","port":{"number":80}}}}]}}]}}`, "spec.rules[0].http.paths[0].path"},
		{"a role's subject", `{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"RoleBinding","metadata":{"name":"one"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"r"},"subjects":[{"kind":"Person","name":"p"}]}`, "subjects[0].kind"},
		{"replicas of an autoscaler", `{"apiVersion":"autoscaling/v2","kind":"HorizontalPodAutoscaler","metadata":{"name":"one"},"spec":{"minReplicas":3,"maxReplicas":2,"scaleTargetRef":{"kind":"Deployment","name":"one","apiVersion":"apps/v1"}}}`, "spec.maxReplicas"},
		{"a definition's name", `{"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"one"},"spec":{"group":"example.com","scope":"Namespaced","names":{"plural":"ones","kind":"One"},"versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object"}}}]}}`, "metadata.name"},
		{"a custom resource", `{"apiVersion":"argoproj.io/v1alpha1","kind":"Application","metadata":{"name":"a.b-1","namespace":"argocd","labels":{"a.example.com/b":"C_d"}}}`, ""},
		{"a custom resource's name", `{"apiVersion":"argoproj.io/v1alpha1","kind":"Application","metadata":{"name":"a_B","namespace":"argocd"}}`, "metadata.name"},
		{"a custom resource's labels", `{"apiVersion":"argoproj.io/v1alpha1","kind":"AppProject","metadata":{"generateName":"a-","labels":{"a":"no blanks"},"annotations":{"a b":"c"}}}`, "metadata.labels metadata.annotations"},
	}
	for _, test := range tests {
		for _, version := range []string{"1.29", "1.33", "1.37"} {
			result := validated(t, version, json.RawMessage(test.object)).Results[0]
			if got := fields(result); got != test.want || !result.Checked || result.Problem != "" {
				t.Errorf("%s in %s: %q, not %q: %+v", test.name, version, got, test.want, result)
			}
		}
	}
}

// A Service may be named 1st since 1.36, an address may have leading zeros until 1.35.
func TestRulesOfVersions(t *testing.T) {
	service := json.RawMessage(`{"apiVersion":"v1","kind":"Service","metadata":{"name":"1st"},"spec":{"ports":[{"port":80}]}}`)
	address := json.RawMessage(`{"apiVersion":"v1","kind":"Service","metadata":{"name":"one"},"spec":{"ports":[{"port":80}],"externalIPs":["192.168.010.1"]}}`)
	for version, want := range map[string][2]string{
		"1.29": {"metadata.name", ""},
		"1.35": {"metadata.name", ""},
		"1.36": {"", "spec.externalIPs[0]"},
		"1.37": {"", "spec.externalIPs[0]"},
	} {
		results := validated(t, version, service, address).Results
		if got := [2]string{fields(results[0]), fields(results[1])}; got != want {
			t.Errorf("%s: %q, not %q", version, got, want)
		}
	}
}

func TestNamesWithDotsAreLetBe(t *testing.T) {
	object := json.RawMessage(`{"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"migrate-v1.22.2"},"spec":{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"example.com/c:v1"}]}}}}`)
	if got := validated(t, "1.37", object).Results[0]; !got.Checked || len(got.Errors)+len(got.Warnings) != 0 {
		t.Errorf("got %v", got)
	}
}

func TestWarnings(t *testing.T) {
	object := json.RawMessage(`{"apiVersion":"v1","kind":"Pod","metadata":{"name":"one"},"spec":{"containers":[{"name":"one","image":"a","env":[{"name":"A","value":"1"},{"name":"A","value":"2"}]}]}}`)
	want := `spec.containers[0].env[1]: hides previous definition of "A", which may be dropped when using apply`
	if got := validated(t, "1.37", object).Results[0].Warnings; len(got) != 1 || got[0] != want {
		t.Errorf("%q", got)
	}
}

func TestOneBadObject(t *testing.T) {
	reply := validated(t, "1.37",
		json.RawMessage(`{"apiVersion":"v1","kind":"Pod","metadata":{"name":"one"},"spec":{"containers":"none"}}`),
		json.RawMessage(`[]`),
		json.RawMessage(`{"apiVersion":"example/v1","kind":"Pod","metadata":{"name":"one"}}`),
		json.RawMessage(`{"apiVersion":"v1","kind":"ConfigMap","metadata":{"generateName":"One-"}}`),
	)
	if problem := reply.Results[0].Problem; !strings.Contains(problem, "cannot unmarshal string") {
		t.Error(problem)
	}
	if reply.Results[1].Checked || reply.Results[2].Checked {
		t.Errorf("%+v", reply)
	}
	if got := fields(reply.Results[3]); got != "metadata.generateName metadata.name" {
		t.Error(got)
	}
	if _, err := Validate(context.Background(), Params{Version: "new"}); err == nil {
		t.Error("a version that is none was taken")
	}
}

func fields(result Result) string {
	names := make([]string, 0, len(result.Errors))
	for _, err := range result.Errors {
		names = append(names, err.Field)
	}
	return strings.Join(names, " ")
}

func documents(t *testing.T, text string) []json.RawMessage {
	t.Helper()
	reader := yaml.NewYAMLOrJSONDecoder(bytes.NewBufferString(text), 4096)
	var found []json.RawMessage
	for {
		var object json.RawMessage
		err := reader.Decode(&object)
		if errors.Is(err, io.EOF) {
			return found
		}
		if err != nil {
			t.Fatal(err)
		}
		if len(object) > 0 && !strings.HasPrefix(string(object), "null") {
			found = append(found, object)
		}
	}
}

func validated(t *testing.T, version string, objects ...json.RawMessage) Reply {
	t.Helper()
	reply, err := Validate(context.Background(), Params{Version: version, Objects: objects})
	if err != nil {
		t.Fatal(err)
	}
	if len(reply.Results) != len(objects) {
		t.Fatalf("%d results for %d objects", len(reply.Results), len(objects))
	}
	return reply
}
