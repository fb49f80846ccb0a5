package hydrant.containers.resources_required_test

import data.hydrant.containers.resources_required

pod(resources) := {"kind": "Pod", "spec": {"containers": [object.union({"name": "app"}, resources)]}}

complete := {"requests": {"cpu": "1", "memory": "1Gi"}, "limits": {"memory": "1Gi"}}

test_no_resources_are_denied if {
	some result in resources_required.deny with input as pod({})
	result.path == ["spec", "containers", 0]
	result.msg == "container app has no resources.requests.cpu, resources.requests.memory, resources.limits.memory"
}

test_missing_limit_is_denied if {
	some result in resources_required.deny with input as pod({"resources": object.remove(complete, ["limits"])})
	result.path == ["spec", "containers", 0, "resources"]
}

test_complete_resources_are_allowed if {
	count(resources_required.deny) == 0 with input as pod({"resources": complete})
}
