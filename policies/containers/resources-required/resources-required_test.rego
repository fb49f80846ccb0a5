package hydrant.containers.resources_required_test

import data.hydrant.containers.resources_required

pod(container, spec) := {
	"apiVersion": "v1",
	"kind": "Pod",
	"spec": object.union({"containers": [object.union({"name": "app"}, container)]}, spec),
}

complete := {"requests": {"cpu": "1", "memory": "1Gi"}, "limits": {"memory": "1Gi"}}

test_denies_no_resources if {
	resources_required.deny == {{
		"msg": "container app has no resources.requests.cpu, resources.requests.memory, resources.limits.memory",
		"about": {"container": "app", "missing": ["requests.cpu", "requests.memory", "limits.memory"]},
		"path": ["spec", "containers", 0],
	}} with input as pod({}, {})
}

test_denies_a_missing_limit if {
	resources_required.deny == {{
		"msg": "container app has no resources.limits.memory",
		"about": {"container": "app", "missing": ["limits.memory"]},
		"path": ["spec", "containers", 0, "resources"],
	}} with input as pod({"resources": object.remove(complete, ["limits"])}, {})
}

test_denies_empty_resources if count(resources_required.deny) == 1 with input as pod({"resources": null}, {})

test_denies_a_sidecar_without if {
	sidecar := {"initContainers": [{"name": "log", "restartPolicy": "Always"}]}
	{result.path | some result in resources_required.deny} == {["spec", "initContainers", 0]} with input as pod({"resources": complete}, sidecar)
}

test_allows_complete_resources if count(resources_required.deny) == 0 with input as pod({"resources": complete}, {})

test_allows_limits_in_place_of_requests if {
	count(resources_required.deny) == 0 with input as pod({"resources": {"limits": {"cpu": 1, "memory": "1Gi"}}}, {})
}

test_allows_resources_of_the_pod if count(resources_required.deny) == 0 with input as pod({}, {"resources": complete})

test_allows_an_init_container_without if {
	count(resources_required.deny) == 0 with input as pod({"resources": complete}, {"initContainers": [{"name": "init"}]})
}
