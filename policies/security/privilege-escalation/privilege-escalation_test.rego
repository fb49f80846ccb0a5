package hydrant.security.privilege_escalation_test

import data.hydrant.security.privilege_escalation

pod(spec) := {
	"apiVersion": "v1",
	"kind": "Pod",
	"metadata": {"name": "app"},
	"spec": object.union({"containers": [{"name": "app", "image": "app:1"}]}, spec),
}

container(fields) := pod({"containers": [object.union({"name": "app", "image": "app:1"}, fields)]})

test_denies_what_says_nothing if {
	privilege_escalation.deny == {{
		"msg": "container app may gain privileges; set securityContext.allowPrivilegeEscalation: false",
		"about": {"container": "app"},
		"path": ["spec", "containers", 0],
	}} with input as pod({})
}

test_denies_true if count(privilege_escalation.deny) == 1 with input as container({"securityContext": {"allowPrivilegeEscalation": true}})

test_allows_false if count(privilege_escalation.deny) == 0 with input as container({"securityContext": {"allowPrivilegeEscalation": false}})

test_allows_windows if count(privilege_escalation.deny) == 0 with input as pod({"os": {"name": "windows"}})
