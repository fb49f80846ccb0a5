package hydrant.security.added_capabilities_test

import data.hydrant.security.added_capabilities

pod(capabilities) := {"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{
	"name": "app",
	"securityContext": {"capabilities": capabilities},
}]}}

test_denies_each_at_its_place if {
	added_capabilities.deny == {
		{
			"msg": "container app adds the capability SYS_ADMIN",
			"about": {"container": "app", "capability": "SYS_ADMIN"},
			"path": ["spec", "containers", 0, "securityContext", "capabilities", "add", 1],
		},
		{
			"msg": "container app adds the capability ALL",
			"about": {"container": "app", "capability": "ALL"},
			"path": ["spec", "containers", 0, "securityContext", "capabilities", "add", 2],
		},
	} with input as pod({"add": ["CHOWN", "SYS_ADMIN", "ALL"]})
}

test_allows_harmless_ones if {
	count(added_capabilities.deny) == 0 with input as pod({"add": ["NET_BIND_SERVICE", "CAP_CHOWN"]})
}

test_allows_dropping if count(added_capabilities.deny) == 0 with input as pod({"drop": ["ALL"]})

test_allows_a_network_plugin if {
	manifest := {"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{
		"name": "agent",
		"image": "ghcr.io/flannel-io/flannel:v0.27.0",
		"securityContext": {"capabilities": {"add": ["NET_ADMIN"]}},
	}]}}
	count(added_capabilities.deny) == 0 with input as manifest
}
