package hydrant.security.drop_capabilities_test

import data.hydrant.security.drop_capabilities

pod(spec) := {
	"apiVersion": "v1",
	"kind": "Pod",
	"metadata": {"name": "app"},
	"spec": object.union({"containers": [{"name": "app", "image": "app:1"}]}, spec),
}

container(fields) := pod({"containers": [object.union({"name": "app", "image": "app:1"}, fields)]})

test_denies_what_says_nothing if {
	drop_capabilities.deny == {{
		"msg": "container app keeps capabilities; set securityContext.capabilities.drop: [ALL]",
		"about": {"container": "app", "added": null},
		"path": ["spec", "containers", 0],
	}} with input as pod({})
}

test_denies_another_that_is_added if {
	both := {"securityContext": {"capabilities": {"drop": ["ALL"], "add": ["NET_BIND_SERVICE", "CHOWN"]}}}
	drop_capabilities.deny == {{
		"msg": "container app adds the capability CHOWN, which the restricted standard forbids",
		"about": {"container": "app", "added": "CHOWN"},
		"path": ["spec", "containers", 0, "securityContext", "capabilities", "add", 1],
	}} with input as container(both)
}

test_allows_all_dropped if {
	count(drop_capabilities.deny) == 0 with input as container({"securityContext": {"capabilities": {"drop": ["ALL"]}}})
}
