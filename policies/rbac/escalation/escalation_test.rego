package hydrant.rbac.escalation_test

import data.hydrant.rbac.escalation

role(rule) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": "ClusterRole",
	"metadata": {"name": "app"},
	"rules": [rule],
}

test_denies_impersonation if {
	escalation.deny == {{
		"msg": "the role may impersonate any of users, groups",
		"about": {"verb": "impersonate", "resources": ["users", "groups"]},
		"path": ["rules", 0, "verbs", 1],
	}} with input as role({"apiGroups": [""], "resources": ["users", "groups"], "verbs": ["get", "impersonate"]})
}

test_denies_binding_and_escalating if {
	rule := {"apiGroups": ["rbac.authorization.k8s.io"], "resources": ["clusterroles"], "verbs": ["bind", "escalate"]}
	count(escalation.deny) == 2 with input as role(rule)
}

test_allows_what_is_named if {
	rule := {"apiGroups": [""], "resources": ["users"], "verbs": ["impersonate"], "resourceNames": ["ci"]}
	count(escalation.deny) == 0 with input as role(rule)
}

test_allows_another_resource if {
	count(escalation.deny) == 0 with input as role({"apiGroups": ["example.com"], "resources": ["books"], "verbs": ["bind"]})
}
