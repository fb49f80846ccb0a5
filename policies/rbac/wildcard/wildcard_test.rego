package hydrant.rbac.wildcard_test

import data.hydrant.rbac.wildcard

role(rule) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": "ClusterRole",
	"rules": [{"apiGroups": [""], "verbs": ["get"], "resources": ["pods"]}, rule],
}

test_denies_wildcards if {
	wildcard.deny == {
		{"msg": "the role grants all verbs", "about": {"field": "verbs"}, "path": ["rules", 1, "verbs"]},
		{"msg": "the role grants all resources", "about": {"field": "resources"}, "path": ["rules", 1, "resources"]},
	} with input as role({"apiGroups": ["*"], "verbs": ["*"], "resources": ["*"]})
}

test_allows_names if {
	count(wildcard.deny) == 0 with input as role({"apiGroups": [""], "verbs": ["list"], "resources": ["secrets"]})
}

test_denies_wildcards_in_a_group_of_kubernetes if {
	every group in ["", "apps", "rbac.authorization.k8s.io"] {
		count(wildcard.deny) == 1 with input as role({"apiGroups": ["example.com", group], "verbs": ["*"], "resources": ["a"]})
	}
}

test_allows_an_operators_own_resources if {
	count(wildcard.deny) == 0 with input as role({"apiGroups": ["source.toolkit.fluxcd.io"], "verbs": ["*"], "resources": ["*"]})
}
