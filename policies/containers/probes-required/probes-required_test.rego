package hydrant.containers.probes_required_test

import data.hydrant.containers.probes_required

workload(api_version, kind, probes) := {
	"apiVersion": api_version,
	"kind": kind,
	"spec": {"template": {"spec": {"containers": [object.union({"name": "app"}, probes)]}}},
}

test_denies_no_probes if {
	probes_required.deny == {{
		"msg": "container app has no readinessProbe and no livenessProbe",
		"about": {"container": "app", "missing": ["readinessProbe", "livenessProbe"]},
		"path": ["spec", "template", "spec", "containers", 0],
	}} with input as workload("apps/v1", "Deployment", {})
}

test_denies_one_probe if {
	{result.msg | some result in probes_required.deny} == {"container app has no readinessProbe"} with input as workload(
		"argoproj.io/v1alpha1",
		"Rollout",
		{"livenessProbe": {}},
	)
}

test_allows_both_probes if {
	probes := {"livenessProbe": {}, "readinessProbe": {}}
	count(probes_required.deny) == 0 with input as workload("apps/v1", "StatefulSet", probes)
}

test_allows_a_job_without if count(probes_required.deny) == 0 with input as workload("batch/v1", "Job", {})
