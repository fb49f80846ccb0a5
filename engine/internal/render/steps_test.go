package render

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// rendered gives the resources of a source, one JSON object each.
func rendered(t *testing.T, files map[string]string, source string) []string {
	t.Helper()
	reply := render(t, files, source, "resources")
	if reply.Problem != nil {
		t.Fatal(reply.Problem.Message)
	}
	var all []string
	for _, resource := range reply.Resources {
		all = append(all, string(resource))
	}
	return all
}

func object(apiVersion, kind, metadata, rest string) string {
	return "apiVersion: " + apiVersion + "\nkind: " + kind + "\nmetadata: {" + metadata + "}\n" + rest
}

func TestDefaultNamespace(t *testing.T) {
	crd := func(kind, scope string) string {
		return object("apiextensions.k8s.io/v1", "CustomResourceDefinition", "name: x"+strings.ToLower(kind), "spec: {group: own.example, scope: "+scope+", names: {kind: "+kind+"}}\n")
	}
	cases := []struct{ name, object, want string }{
		{"a namespaced kind", object("apps/v1", "Deployment", "name: a", ""), `"namespace":"dest"`},
		{"one with a namespace", object("v1", "ConfigMap", "name: a, namespace: own", ""), `"namespace":"own"`},
		{"a cluster-scoped kind", object("rbac.authorization.k8s.io/v1", "ClusterRole", "name: a", ""), ``},
		{"a cluster-scoped kind with a namespace", object("v1", "Namespace", "name: a, namespace: own", ""), ``},
		{"a cluster-scoped kind of old", object("policy/v1beta1", "PodSecurityPolicy", "name: a", ""), ``},
		{"a version that the schema does not know", object("rbac.authorization.k8s.io/v1beta1", "ClusterRole", "name: a", ""), ``},
		{"an unknown kind", object("example.com/v1", "Thing", "name: a", ""), `"namespace":"dest"`},
		{"a known cluster-scoped kind", object("example.com/v1", "Wide", "name: a", ""), ``},
		{"a kind that is defined here", object("own.example/v1", "ClusterThing", "name: a", "") + "---\n" + crd("ClusterThing", "Cluster"), ``},
		{"a kind that is defined here otherwise", object("own.example/v1", "Other", "name: a", "") + "---\n" + crd("Other", "Namespaced"), `"namespace":"dest"`},
	}
	for _, one := range cases {
		t.Run(one.name, func(t *testing.T) {
			got := rendered(t, map[string]string{"o/a.yaml": one.object}, `{"tool":"directory","path":"o","recurse":false,"steps":[
				{"step":"defaultNamespace","namespace":"dest","clusterScoped":["example.com/Wide","own.example/Other"]}]}`)
			if has := strings.Contains(got[0], `"namespace"`); has != (one.want != "") || !strings.Contains(got[0], one.want) {
				t.Errorf("got %s, want %s", got[0], one.want)
			}
		})
	}
}

const listed = "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n"

// inner is a list among the items of listed.
const inner = "- {apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleList, items: [{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: b}}]}\n"

const listChart = `{"tool":"helm","chart":{"path":"c"},"releaseName":"c","namespace":"dest","values":[],"includeCrds":true`

func chartOf(template string) map[string]string {
	return map[string]string{"c/Chart.yaml": "apiVersion: v2\nname: c\nversion: 1.0.0\n", "c/templates/l.yaml": template, "d/l.yaml": template}
}

const toNamespace = `,"steps":[{"step":"defaultNamespace","namespace":"dest","clusterScoped":[]}]}`

// argoSources are the ways in which an Application has a list.
var argoSources = map[string]string{
	"of one source": listChart + toNamespace,
	"of several":    `{"tool":"combined","sources":[` + listChart + "}]" + toNamespace,
	"of a folder":   `{"tool":"directory","path":"d","recurse":false` + toNamespace,
}

func TestListsAreOpenedBeforeSteps(t *testing.T) {
	files := chartOf(listed)
	want := `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"dest"}}`
	for name, source := range argoSources {
		t.Run(name, func(t *testing.T) {
			if got := strings.Join(rendered(t, files, source), " "); got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		})
	}
	if got := rendered(t, files, listChart+"}"); len(got) != 1 || !strings.Contains(got[0], `"kind":"List"`) {
		t.Errorf("without steps it stays as helm prints it, got %s", got)
	}
}

func TestListsInLists(t *testing.T) {
	for name, source := range argoSources {
		t.Run(name, func(t *testing.T) {
			reply := render(t, chartOf(listed+inner), source, "resources")
			if reply.Problem == nil || !strings.HasPrefix(reply.Problem.Message, "A ClusterRoleList stands inside of another list") {
				t.Errorf("got %+v", reply.Problem)
			}
		})
	}
	got := strings.Join(rendered(t, chartOf(listed+inner), listChart+`,"steps":[{"step":"metadata","labels":{"of":"flux"}}]}`), " ")
	want := `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"labels":{"of":"flux"},"name":"a"}} ` +
		`{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{"labels":{"of":"flux"},"name":"b"}}`
	if got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestSubstitute(t *testing.T) {
	cases := []struct{ name, data, step, want string }{
		{"a variable", "a: ${A}", `"variables":{"A":"x"}`, `{"a":"x"}`},
		{"a number", "a: ${A}", `"variables":{"A":"3"}`, `{"a":3}`},
		{"a default", "a: ${B:=z}", `"variables":{"A":"x"}`, `{"a":"z"}`},
		{"nothing to substitute by", "a: ${B:=z}", `"variables":{}`, `{"a":"${B:=z}"}`},
		{"defaults without variables", "a: ${B:=z}", `"variables":{},"always":true`, `{"a":"z"}`},
		{"an escape", "a: $${A}", `"variables":{"A":"x"}`, `{"a":"${A}"}`},
		{"an undeclared variable", "a: <${B}>", `"variables":{"A":"x"}`, `{"a":"\u003c\u003e"}`},
		{"a function", "a: ${A^^}", `"variables":{"A":"x"}`, `{"a":"X"}`},
		{"strict, with a default", "a: ${B:=z}", `"variables":{"A":"x"},"strict":true`, `{"a":"z"}`},
	}
	for _, one := range cases {
		t.Run(one.name, func(t *testing.T) {
			got := rendered(t, map[string]string{"o/kustomization.yaml": "resources: [a.yaml]", "o/a.yaml": object("v1", "ConfigMap", "name: a", "data: {"+quoted(one.data)+"}\n")},
				`{"tool":"kustomize","path":"o","steps":[{"step":"substitute",`+one.step+`}]}`)
			var resource struct{ Data json.RawMessage }
			if err := json.Unmarshal([]byte(got[0]), &resource); err != nil || string(resource.Data) != one.want {
				t.Errorf("got %s, want %s", resource.Data, one.want)
			}
		})
	}
}

func quoted(entry string) string {
	name, value, _ := strings.Cut(entry, ": ")
	return name + `: "` + value + `"`
}

func TestSubstituteIsDisabledByTheResource(t *testing.T) {
	for _, field := range []string{"labels", "annotations"} {
		got := rendered(t, map[string]string{"o/a.yaml": object("v1", "ConfigMap", `name: a, `+field+`: {kustomize.toolkit.fluxcd.io/substitute: disabled}`, "data: {a: '${A}'}\n")},
			`{"tool":"directory","path":"o","recurse":false,"steps":[{"step":"substitute","variables":{"A":"x"}}]}`)
		if !strings.Contains(got[0], "${A}") {
			t.Errorf("%s: %s", field, got[0])
		}
	}
}

func TestSubstituteProblems(t *testing.T) {
	cases := []struct{ name, data, step, subject, message string }{
		{"strict", "${GONE}", `"variables":{"A":"x"},"strict":true`, "GONE", "ConfigMap a uses the variable GONE, which is not set and has no default."},
		{"a name that none may have", "${A}", `"variables":{"a-b":"x"}`, "a-b", "a-b is not a name that a variable may have."},
		{"no closing brace", "${A", `"variables":{"A":"x"}`, "ConfigMap a", "missing closing brace"},
		{"a value that breaks the YAML", "${A}", `"variables":{"A":"x: y: z"}`, "ConfigMap a", "cannot be substituted"},
	}
	for _, one := range cases {
		t.Run(one.name, func(t *testing.T) {
			reply := render(t, map[string]string{"o/a.yaml": object("v1", "ConfigMap", "name: a", "data: {a: '"+one.data+"'}\n")},
				`{"tool":"directory","path":"o","recurse":false,"steps":[{"step":"substitute",`+one.step+`}]}`, "resources")
			if reply.Problem == nil {
				t.Fatalf("it rendered: %s", reply.Resources)
			}
			if reply.Problem.Kind != "substitution" || *reply.Problem.Subject != one.subject || !strings.Contains(reply.Problem.Message, one.message) {
				t.Errorf("got %s of %s: %s", reply.Problem.Kind, *reply.Problem.Subject, reply.Problem.Message)
			}
		})
	}
}

func TestMetadata(t *testing.T) {
	got := rendered(t, map[string]string{"o/a.yaml": object("apps/v1", "Deployment", "name: a, labels: {own: x, both: x}", "spec: {selector: {matchLabels: {own: x}}, template: {metadata: {labels: {own: x}}}}\n")},
		`{"tool":"directory","path":"o","recurse":false,"steps":[{"step":"metadata","labels":{"both":"y"},"annotations":{"n":"1"}}]}`)
	if want := `{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"annotations":{"n":"1"},"labels":{"both":"y","own":"x"},"name":"a"},"spec":{"selector":{"matchLabels":{"own":"x"}},"template":{"metadata":{"labels":{"own":"x"}}}}}`; got[0] != want {
		t.Errorf("got  %s\nwant %s", got[0], want)
	}
}

func TestHooksOfPostRenderers(t *testing.T) {
	hook := object("v1", "ConfigMap", "name: h, annotations: {helm.sh/hook: pre-install}", "")
	files := map[string]string{"o/a.yaml": object("v1", "ConfigMap", "name: a", "") + "---\n" + hook}
	for strategy, want := range map[string]int{``: 4, `,"hooks":"separate"`: 4, `,"hooks":"omit"`: 2} {
		got := rendered(t, files, `{"tool":"directory","path":"o","recurse":false,"steps":[
			{"step":"kustomize","edits":{"patches":[{"target":{"kind":"ConfigMap"},"patch":"[{\"op\": \"add\", \"path\": \"/metadata/labels\", \"value\": {\"is\": \"mark\"}}]"}]}`+strategy+`},
			{"step":"metadata","annotations":{"also":"mark"}`+strategy+`}]}`)
		if marks := strings.Count(strings.Join(got, ""), `"mark"`); len(got) != 2 || marks != want {
			t.Errorf("%s: %d marks in %s, want %d", strategy, marks, got, want)
		}
	}
}

func TestPostRenderers(t *testing.T) {
	files := map[string]string{"o/a.yaml": object("apps/v1", "Deployment", "name: a", "spec: {template: {spec: {containers: [{name: a, image: 'app:1'}]}}}\n")}
	source := `{"tool":"directory","path":"o","recurse":false,"steps":[
		{"step":"kustomize","edits":{"images":[{"name":"app","newTag":"2"}]}},
		{"step":"kustomize","edits":{"patches":[{"patch":"- {op: add, path: /metadata/labels, value: {tag: app}}","target":{"kind":"Deployment"}}]}}]}`
	reply := render(t, files, source, "origins")
	if reply.Problem != nil {
		t.Fatal(reply.Problem.Message)
	}
	if text := string(reply.Resources[0]); !strings.Contains(text, `"image":"app:2"`) || !strings.Contains(text, `"tag":"app"`) {
		t.Errorf("got %s", text)
	}
	if origin := reply.Origins[0].Path; origin == nil || *origin != "o/a.yaml" {
		t.Errorf("origin %v", origin)
	}
}

func TestCombined(t *testing.T) {
	files := map[string]string{
		"a/1.yaml": object("v1", "ConfigMap", "name: one", "data: {from: a}\n") + "---\n" + object("v1", "ConfigMap", "name: two, namespace: dest", "data: {from: a}\n") + "---\n" + object("v1", "ConfigMap", "name: three", ""),
		"b/1.yaml": object("v1", "ConfigMap", "name: two", "data: {from: b}\n") + "---\n" + object("v1", "ConfigMap", "name: one, namespace: other", "data: {from: b}\n") + "---\n" + object("batch/v1", "Job", "generateName: j-", "") + "---\n" + object("batch/v1", "Job", "generateName: j-", ""),
	}
	source := `{"tool":"combined","sources":[{"tool":"directory","path":"a","recurse":false},{"tool":"directory","path":"b","recurse":false}],
		"steps":[{"step":"defaultNamespace","namespace":"dest","clusterScoped":[]}]}`
	reply := render(t, files, source, "origins")
	if reply.Problem != nil {
		t.Fatal(reply.Problem.Message)
	}
	var got []string
	for i, resource := range reply.Resources {
		var one struct {
			Metadata struct{ Name, GenerateName, Namespace string }
		}
		if err := json.Unmarshal(resource, &one); err != nil {
			t.Fatal(err)
		}
		got = append(got, *reply.Origins[i].Path+" "+one.Metadata.Namespace+"/"+one.Metadata.Name+one.Metadata.GenerateName)
	}
	want := "a/1.yaml dest/one, a/1.yaml dest/three, b/1.yaml dest/two, b/1.yaml other/one, b/1.yaml dest/j-, b/1.yaml dest/j-"
	if strings.Join(got, ", ") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, ", "), want)
	}
}

// TestEqualResources: the last counts, and is marked, once its namespace is filled in.
func TestEqualResources(t *testing.T) {
	files := map[string]string{
		"a/1.yaml": object("v1", "ConfigMap", "name: one", "data: {from: '1'}\n") + "---\n" + object("v1", "ConfigMap", "name: two", ""),
		"a/2.yaml": object("v1", "ConfigMap", "name: one, namespace: dest", "data: {from: '2'}\n"),
	}
	for namespace, want := range map[string]string{
		"dest": "[two 2] [1]",
		"":     "[1 two 2] []",
	} {
		reply := render(t, files, `{"tool":"directory","path":"a","recurse":false,"steps":[{"step":"defaultNamespace","namespace":"`+namespace+`","clusterScoped":[]}]}`, "resources")
		var got []string
		for _, resource := range reply.Resources {
			var one struct {
				Metadata struct{ Name string }
				Data     struct{ From string }
			}
			if err := json.Unmarshal(resource, &one); err != nil {
				t.Fatal(err)
			}
			got = append(got, cmp.Or(one.Data.From, one.Metadata.Name))
		}
		if told := fmt.Sprint(got, reply.Replacing); told != want {
			t.Errorf("namespace %q: got %s, want %s", namespace, told, want)
		}
	}
}

func TestSecretOfAPatchStaysOutOfTheMessage(t *testing.T) {
	files := map[string]string{"o/kustomization.yaml": "resources: [c.yaml]\n", "o/c.yaml": configMap}
	reply := render(t, files, `{"tool":"kustomize","path":"o","edits":{"patches":[{"patch":"kind: Secret\nmetadata: {name: s}\nstringData:\n  a: canary-patch\n b: ["}]}}`, "resources")
	if reply.Problem == nil || strings.Contains(reply.Problem.Message, "canary-") {
		t.Errorf("got %+v", reply.Problem)
	}
}
