package hydrant.containers.probes_required_test

import data.hydrant.containers.probes_required

workload(kind, probes) := {
	"kind": kind,
	"spec": {"template": {"spec": {"containers": [object.union({"name": "app"}, probes)]}}},
}

test_no_probes_are_denied if {
	some result in probes_required.deny with input as workload("Deployment", {})
	result.msg == "container app has no readinessProbe and no livenessProbe"
	result.path == ["spec", "template", "spec", "containers", 0]
}

test_one_probe_is_denied if {
	count(probes_required.deny) == 1 with input as workload("Rollout", {"livenessProbe": {}})
}

test_both_probes_are_allowed if {
	count(probes_required.deny) == 0 with input as workload("StatefulSet", {"livenessProbe": {}, "readinessProbe": {}})
}

test_a_job_needs_none if {
	count(probes_required.deny) == 0 with input as workload("Job", {})
}
