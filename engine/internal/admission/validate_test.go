package admission

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"
)

func asJSON(t *testing.T, text string) json.RawMessage {
	t.Helper()
	data, err := yaml.YAMLToJSON([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

const deployments = `{ resourceRules: [{ apiGroups: [apps], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [deployments] }] }`

func policy(spec string) string {
	return "apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicy\nmetadata: { name: p }\nspec:\n" + indent(spec)
}

func binding(spec string) string {
	return "apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicyBinding\nmetadata: { name: b }\nspec:\n  policyName: p\n" + indent(spec)
}

func indent(text string) string {
	return "  " + strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n  ") + "\n"
}

const limited = `
matchConstraints: ` + deployments + `
validations:
- expression: object.spec.replicas <= 5
  message: at most 5
`

const anything = `matchConstraints: { resourceRules: [{ apiGroups: ["*"], apiVersions: ["*"], operations: ["*"], resources: ["*"] }] }
`

const denies = `validationActions: [Deny]`

func deployment(spec, labels string) string {
	return "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: d, namespace: shop, labels: " + labels + " }\nspec: " + spec
}

// asked gives a line for each violation and each thing unchecked.
func asked(t *testing.T, policySpec, bindingSpec string, resource Resource, more ...func(*Params)) string {
	t.Helper()
	params := Params{Resources: []Resource{resource}}
	if policySpec != "" {
		params.Policies = []json.RawMessage{asJSON(t, policy(policySpec))}
	}
	if bindingSpec != "" {
		params.Bindings = []json.RawMessage{asJSON(t, binding(bindingSpec))}
	}
	for _, each := range more {
		each(&params)
	}
	reply, err := Validate(context.Background(), params)
	if err != nil {
		t.Fatal(err)
	}
	lines := []string{}
	for _, one := range reply.Results[0].Violations {
		lines = append(lines, fmt.Sprintf("%s %s/%s: %s", one.Action, one.Policy, one.Binding, one.Message))
	}
	for _, one := range reply.Results[0].Unchecked {
		lines = append(lines, "unchecked "+one.Policy+": "+one.Reason)
	}
	return strings.Join(lines, "|")
}

func created(t *testing.T, object string) Resource {
	return Resource{Object: Object{Object: asJSON(t, object)}, Namespaced: true}
}

func TestPolicies(t *testing.T) {
	broken := deployment(`{ replicas: 6 }`, `{ app: web }`)
	conditions := func(text string) string { return limited + "matchConditions:\n- { name: c, expression: " + text + " }" }
	for name, one := range map[string]struct{ policy, binding, object, want string }{
		"deny":                       {limited, denies, broken, "deny p/b: at most 5"},
		"warn":                       {limited, `validationActions: [Warn, Audit]`, broken, "warn p/b: at most 5"},
		"audit says nothing":         {limited, `validationActions: [Audit]`, broken, ""},
		"not bound, no effect":       {limited, "", broken, ""},
		"what holds":                 {limited, denies, deployment(`{ replicas: 5 }`, `{}`), ""},
		"another kind":               {limited, denies, "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }", ""},
		"a kind of another group":    {limited, denies, strings.Replace(broken, "apps/v1", "example.com/v1", 1), ""},
		"a name that is left out":    {strings.Replace(limited, "resources: [deployments] }]", "resources: [deployments] }], excludeResourceRules: [{ apiGroups: [apps], apiVersions: [v1], operations: ['*'], resources: ['*'], resourceNames: [d] }]", 1), denies, broken, ""},
		"a binding for others":       {limited, denies + "\nmatchResources: { objectSelector: { matchLabels: { app: api } } }", broken, ""},
		"a binding for this":         {limited, denies + "\nmatchResources: { objectSelector: { matchLabels: { app: web } } }", broken, "deny p/b: at most 5"},
		"another version":            {strings.Replace(limited, "apiVersions: [v1]", "apiVersions: [v1beta1]", 1), denies, broken, "unchecked p: it is written for another version of the kind than v1, which a cluster would convert"},
		"exactly another version":    {strings.Replace(limited, "resourceRules", "matchPolicy: Exact, resourceRules", 1), denies, strings.Replace(broken, "apps/v1", "apps/v2", 1), ""},
		"a condition that is false":  {conditions(`"object.metadata.name != 'd'"`), denies, broken, ""},
		"a condition that is true":   {conditions(`"request.namespace == 'shop' && request.operation == 'CREATE' && request.resource.resource == 'deployments'"`), denies, broken, "deny p/b: at most 5"},
		"a condition on the user":    {conditions(`"!('system:nodes' in request.userInfo.groups)"`), denies, broken, "unchecked p: it looks at the user who sends the request"},
		"a condition that fails":     {conditions(`"1 / 0 == 1"`), denies, broken, "deny p/b: expression '1 / 0 == 1' resulted in error: division by zero"},
		"one that fails, to ignore":  {"failurePolicy: Ignore\n" + conditions(`"1 / 0 == 1"`), denies, broken, ""},
		"a default":                  {limited, denies, deployment(`{}`, `{}`), ""},
		"a value in another form":    {"matchConstraints: " + deployments + "\nvalidations: [{ expression: \"quantity(object.spec.template.spec.containers[0].resources.limits.cpu).isLessThan(quantity('2'))\", message: m }]", denies, deployment(`{ template: { spec: { containers: [{ resources: { limits: { cpu: 2 } } }] } } }`, `{}`), "deny p/b: m"},
		"a field of an unknown kind": {anything + "validations: [{ expression: object.spec.size < 3, message: m }]", denies, "apiVersion: example.com/v1\nkind: Widget\nmetadata: { name: w }\nspec: {}", "unchecked p: it needs the field size, which the manifest leaves to the API server's defaults"},
		"no message":                 {"matchConstraints: " + deployments + "\nvalidations: [{ expression: object.spec.replicas <= 5 }]", denies, broken, "deny p/b: failed expression: object.spec.replicas <= 5"},
		"a message that is computed": {"matchConstraints: " + deployments + "\nvalidations: [{ expression: object.spec.replicas <= 5, message: m, messageExpression: \"'have ' + string(object.spec.replicas)\" }]", denies, broken, "deny p/b: have 6"},
		"variables":                  {"matchConstraints: " + deployments + "\nvariables: [{ name: count, expression: object.spec.replicas }, { name: twice, expression: variables.count * 2 }]\nvalidations: [{ expression: variables.twice <= 10, message: m }]", denies, broken, "deny p/b: m"},
		"a variable on the user":     {"matchConstraints: " + deployments + "\nvariables: [{ name: u, expression: request.userInfo.username }, { name: v, expression: variables.u }]\nvalidations: [{ expression: variables.v == 'x', message: m }]", denies, broken, "unchecked p: it looks at the user who sends the request"},
		"the authorizer":             {"matchConstraints: " + deployments + "\nvalidations: [{ expression: \"authorizer.group('').resource('pods').namespace('n').check('create').allowed()\" }, { expression: object.spec.replicas <= 5, message: m }]", denies, broken, "deny p/b: m|unchecked p: it asks the cluster's authorizer"},
		"one that does not compile":  {"matchConstraints: " + deployments + "\nvalidations: [{ expression: object.spec. }]", denies, broken, "unchecked p: it does not compile"},
		"none for policies":          {strings.ReplaceAll(strings.Replace(limited, "[apps]", "['*']", 1), "[deployments]", "['*']"), denies, policy(limited), ""},
		"the name of the namespace":  {"matchConstraints: " + deployments + "\nvalidations: [{ expression: namespaceObject.metadata.name == 'other', message: m }]", denies, broken, "deny p/b: m"},
		"an unknown namespace":       {"matchConstraints: " + deployments + "\nvalidations: [{ expression: \"'a' in namespaceObject.metadata.labels\", message: m }]", denies, broken, "unchecked p: it looks at the namespace shop, and no such Namespace is rendered"},
		// Each of them is within the limit of one call, and costs next to no time.
		"too much work altogether": {anything + "validations: [" + strings.Repeat(`{ expression: "!object.t.contains(object.t + '!')" }, `, 20) + "]", denies, "apiVersion: example.com/v1\nkind: Widget\nmetadata: { name: w }\nt: " + strings.Repeat("x", 9000), "unchecked p: its expressions cost more than the API server allows, so it would fail"},
		// Four of them are more than match conditions may cost, and less than validations may.
		"too many conditions": {anything + "matchConditions: [" + strings.Repeat(`{ name: c, expression: "!object.t.contains(object.t + '!')" }, `, 4) + "]\nvalidations: [{ expression: object.t == '', message: m }]", denies, "apiVersion: example.com/v1\nkind: Widget\nmetadata: { name: w }\nt: " + strings.Repeat("x", 9000), "unchecked p: its expressions cost more than the API server allows, so it would fail"},
		"too much work":       {anything + "validations: [{ expression: \"object.l.all(a, object.l.all(b, object.l.all(c, object.l.all(d, object.l.all(e, a + b + c + d + e < 1000)))))\" }]", denies, "apiVersion: example.com/v1\nkind: Widget\nmetadata: { name: w }\nl: [" + strings.Repeat("1, ", 80) + "1]", "unchecked p: its expressions cost more than the API server allows, so it would fail"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := asked(t, one.policy, one.binding, created(t, one.object)); got != one.want {
				t.Errorf("got  %q\nwant %q", got, one.want)
			}
		})
	}
}

func TestNamespaceSelectors(t *testing.T) {
	selects := func(selector string) string {
		return strings.Replace(limited, "{ resourceRules", "{ namespaceSelector: "+selector+", resourceRules", 1)
	}
	broken := created(t, deployment(`{ replicas: 6 }`, `{}`))
	named := func(p *Params) {
		p.Namespaces = []json.RawMessage{asJSON(t, `{ metadata: { name: shop, labels: { env: prod } } }`)}
	}
	found := "deny p/b: at most 5"
	unknown := "unchecked p: the labels of the namespace shop are not known, as no such Namespace is rendered"
	if got := asked(t, selects(`{ matchLabels: { env: prod } }`), denies, broken, named); got != found {
		t.Error(got)
	}
	if got := asked(t, selects(`{ matchLabels: { env: dev } }`), denies, broken, named); got != "" {
		t.Error(got)
	}
	if got := asked(t, selects(`{ matchLabels: { env: prod } }`), denies, broken); got != unknown {
		t.Error(got)
	}
	if got := asked(t, selects(`{ matchLabels: { kubernetes.io/metadata.name: shop } }`), denies, broken); got != found {
		t.Error(got)
	}
	if got := asked(t, selects(`{ matchLabels: { kubernetes.io/metadata.name: other, env: prod } }`), denies, broken); got != "" {
		t.Error(got)
	}
	// Without a namespace, an object goes to the default one; what has none is always selected.
	nowhere := created(t, strings.Replace(deployment(`{ replicas: 6 }`, `{}`), "namespace: shop, ", "", 1))
	if got := asked(t, selects(`{ matchLabels: { kubernetes.io/metadata.name: default } }`), denies, nowhere); got != found {
		t.Error(got)
	}
	role := created(t, "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: { name: r }")
	role.Namespaced = false
	everything := "matchConstraints: { namespaceSelector: { matchLabels: { env: prod } }, resourceRules: [{ apiGroups: ['*'], apiVersions: ['*'], operations: ['*'], resources: ['*'] }] }\nvalidations: [{ expression: \"false\", message: at most 5 }]"
	if got := asked(t, everything, denies, role); got != found {
		t.Error(got)
	}
}

func TestParameters(t *testing.T) {
	spec := `
paramKind: { apiVersion: v1, kind: ConfigMap }
matchConstraints: ` + deployments + `
validations:
- { expression: object.spec.replicas <= int(params.data.max), messageExpression: "'at most ' + params.data.max" }
`
	broken := created(t, deployment(`{ replicas: 6 }`, `{}`))
	with := func(p *Params) {
		for _, text := range []string{
			`{ apiVersion: v1, kind: ConfigMap, metadata: { name: limits, namespace: shop, labels: { limits: "yes" } }, data: { max: "3" } }`,
			`{ apiVersion: v1, kind: ConfigMap, metadata: { name: limits, namespace: other, labels: { limits: "yes" } }, data: { max: "4" } }`,
		} {
			p.Params = append(p.Params, Object{Object: asJSON(t, text)})
		}
	}
	for ref, want := range map[string]string{
		`{ name: limits, parameterNotFoundAction: Deny }`:                                 "deny p/b: at most 3",
		`{ name: limits, namespace: other, parameterNotFoundAction: Deny }`:               "deny p/b: at most 4",
		`{ selector: { matchLabels: { limits: "yes" } }, parameterNotFoundAction: Deny }`: "deny p/b: at most 3",
		`{ name: others, parameterNotFoundAction: Deny }`:                                 "unchecked p: the parameters of the binding b (ConfigMap) are not rendered",
		`{ name: limits, namespace: nowhere, parameterNotFoundAction: Allow }`:            "unchecked p: the parameters of the binding b (ConfigMap) are not rendered",
	} {
		if got := asked(t, spec, denies+"\nparamRef: "+ref, broken, with); got != want {
			t.Errorf("%s: %s", ref, got)
		}
	}
	hide := func(p *Params) {
		with(p)
		p.Params[0].Hidden = [][]any{{"data", "max"}}
	}
	if got := asked(t, spec, denies+"\nparamRef: { name: limits, parameterNotFoundAction: Deny }", broken, hide); got != "unchecked p: the parameters of the binding b (ConfigMap) have values that are hidden here" {
		t.Error(got)
	}
}

func TestUpdates(t *testing.T) {
	keeps := "matchConstraints: " + deployments + "\nvalidations: [{ expression: \"oldObject == null || object.spec.replicas >= oldObject.spec.replicas\", message: not fewer }]"
	updated := created(t, deployment(`{ replicas: 1 }`, `{}`))
	updated.Old = asJSON(t, deployment(`{ replicas: 2 }`, `{}`))
	if got := asked(t, keeps, denies, updated); got != "deny p/b: not fewer" {
		t.Error(got)
	}
	if got := asked(t, keeps, denies, created(t, deployment(`{ replicas: 1 }`, `{}`))); got != "" {
		t.Error(got)
	}
	onlyCreation := strings.Replace(limited, "[CREATE, UPDATE]", "[CREATE]", 1)
	large := created(t, deployment(`{ replicas: 6 }`, `{}`))
	large.Old = updated.Old
	if got := asked(t, onlyCreation, denies, large); got != "" {
		t.Error(got)
	}
	large.Old, large.Unknown = nil, "nobody knows"
	if got := asked(t, onlyCreation, denies, large); got != "unchecked p: nobody knows" {
		t.Error(got)
	}
	if got := asked(t, keeps, denies, large); got != "unchecked p: nobody knows" {
		t.Error(got)
	}
	if got := asked(t, limited, denies, large); got != "deny p/b: at most 5" {
		t.Error(got)
	}
}

func TestHiddenValues(t *testing.T) {
	secrets := `{ resourceRules: [{ apiGroups: [""], apiVersions: [v1], operations: ["*"], resources: [secrets] }] }`
	secret := created(t, "apiVersion: v1\nkind: Secret\nmetadata: { name: s, namespace: shop }\ntype: Opaque\ndata: { password: <redacted> }")
	secret.Hidden = [][]any{{"data", "password"}}
	for expression, want := range map[string]string{
		`"'password' in object.data"`:                           "",
		`"has(object.data.password)"`:                           "unchecked p: it looks at values that are hidden here",
		`"object.type != 'Opaque'"`:                             "deny p/b: m",
		`"size(object.data.password) > 20"`:                     "unchecked p: it looks at values that are hidden here",
		`"object.data.all(k, object.data[k] != '')"`:            "unchecked p: it looks at values that are hidden here",
		`"object.data.password == 'x' || object.type == 'TLS'"`: "unchecked p: it looks at values that are hidden here",
		`"object.data.password == 'x' && object.type == 'TLS'"`: "deny p/b: m",
	} {
		spec := "matchConstraints: " + secrets + "\nvalidations: [{ expression: " + expression + ", message: m, messageExpression: \"'is ' + object.data.password\" }]"
		if got := asked(t, spec, denies, secret); got != want {
			t.Errorf("%s: %s", expression, got)
		}
	}
}
