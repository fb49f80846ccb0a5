package hydrant.rbac.wildcard_test

import data.hydrant.rbac.wildcard

role(rule) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": "ClusterRole",
	"rules": [{"apiGroups": [""], "verbs": ["get"], "resources": ["pods"]}, rule],
}

test_denies_wildcards if {
	wildcard.deny == {{
		"msg": "the role may do everything with all resources of all groups; name the verbs and the resources",
		"about": {"verbs": ["*"], "resources": ["*"], "groups": ["*"]},
		"path": ["rules", 1, "verbs"],
	}} with input as role({"apiGroups": ["*"], "verbs": ["*"], "resources": ["*"]})
}

test_denies_all_verbs_and_names_the_resources if {
	some result in wildcard.deny with input as role({"apiGroups": ["", "apps"], "verbs": ["*"], "resources": ["secrets", "deployments"]})
	result.msg == "the role may do everything with secrets, deployments of the group core, apps; name the verbs and the resources"
}

test_denies_writing_all_resources if {
	some result in wildcard.deny with input as role({"apiGroups": ["batch"], "verbs": ["get", "delete"], "resources": ["*"]})
	result.path == ["rules", 1, "resources"]
	result.msg == "the role may get, delete all resources of the group batch; name the verbs and the resources"
}

test_denies_all_verbs_on_addresses if {
	some result in wildcard.deny with input as role({"nonResourceURLs": ["*"], "verbs": ["*"]})
	result.msg == "the role may do everything with addresses outside of resources; name the verbs and the resources"
}

test_allows_reading_all_resources if {
	count(wildcard.deny) == 0 with input as role({"apiGroups": ["*"], "verbs": ["get", "list", "watch"], "resources": ["*"]})
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

named(name) := object.union(role({"apiGroups": ["*"], "verbs": ["*"], "resources": ["*"]}), {"metadata": {"name": name}})

test_allows_what_the_name_says if {
	every name in ["team-admins", "admin", "acme:cluster-admin", "all-access-logging", "acme-argocd-application-controller", "argocd-server"] {
		count(wildcard.deny) == 0 with input as named(name)
	}
}

test_denies_other_names if {
	every name in ["deployer", "administration-reader", "argocd-server-reader", "padmin"] {
		count(wildcard.deny) == 1 with input as named(name)
	}
}
