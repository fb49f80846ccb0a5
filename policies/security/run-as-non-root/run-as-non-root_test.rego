package hydrant.security.run_as_non_root_test

import data.hydrant.security.run_as_non_root

pod(of_pod, of_container) := {"kind": "Pod", "spec": {
	"securityContext": of_pod,
	"containers": [{"name": "app", "securityContext": of_container}],
}}

test_nothing_set_is_denied if {
	some result in run_as_non_root.deny with input as {"kind": "Pod", "spec": {"containers": [{"name": "app"}]}}
	result.path == ["spec", "containers", 0]
}

test_container_overrides_pod if {
	some result in run_as_non_root.deny with input as pod({"runAsNonRoot": true}, {"runAsNonRoot": false})
	result.path == ["spec", "containers", 0, "securityContext"]
}

test_set_on_pod_is_allowed if {
	count(run_as_non_root.deny) == 0 with input as pod({"runAsNonRoot": true}, {})
}

test_set_on_container_is_allowed if {
	count(run_as_non_root.deny) == 0 with input as pod({}, {"runAsNonRoot": true})
}
