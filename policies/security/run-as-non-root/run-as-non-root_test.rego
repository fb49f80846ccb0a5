package hydrant.security.run_as_non_root_test

import data.hydrant.security.run_as_non_root

pod(of_pod, of_container) := {"apiVersion": "v1", "kind": "Pod", "spec": {
	"securityContext": of_pod,
	"containers": [{"name": "app", "securityContext": of_container}],
}}

test_denies_nothing_set if {
	run_as_non_root.deny == {{
		"msg": "container app may run as root; set securityContext.runAsNonRoot: true",
		"about": {"container": "app"},
		"path": ["spec", "containers", 0],
	}} with input as {"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "app"}]}}
}

test_denies_a_container_that_overrides_its_pod if {
	{result.path | some result in run_as_non_root.deny} == {["spec", "containers", 0, "securityContext", "runAsNonRoot"]} with input as pod(
		{"runAsNonRoot": true},
		{"runAsNonRoot": false},
	)
}

test_denies_user_0 if {
	{result.path | some result in run_as_non_root.deny} == {["spec", "containers", 0, "securityContext", "runAsUser"]} with input as pod(
		{"runAsUser": 1000},
		{"runAsUser": 0},
	)
}

test_denies_an_empty_context if {
	{result.path | some result in run_as_non_root.deny} == {["spec", "containers", 0, "securityContext"]} with input as pod({}, {})
}

test_allows_what_the_pod_sets if count(run_as_non_root.deny) == 0 with input as pod({"runAsNonRoot": true}, {})

test_allows_what_the_container_sets if count(run_as_non_root.deny) == 0 with input as pod({}, {"runAsNonRoot": true})

test_allows_another_user if count(run_as_non_root.deny) == 0 with input as pod({"runAsUser": 1000}, {})

test_allows_windows if {
	windows := {"os": {"name": "windows"}, "containers": [{"name": "app"}]}
	count(run_as_non_root.deny) == 0 with input as {"apiVersion": "v1", "kind": "Pod", "spec": windows}
}
