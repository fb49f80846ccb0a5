package hydrant.security.host_process_test

import data.hydrant.security.host_process

pod(spec) := {
	"apiVersion": "v1",
	"kind": "Pod",
	"metadata": {"name": "app"},
	"spec": object.union({"containers": [{"name": "app", "image": "app:1"}]}, spec),
}

container(fields) := pod({"containers": [object.union({"name": "app", "image": "app:1"}, fields)]})

options(flag) := {"securityContext": {"windowsOptions": {"hostProcess": flag}}}

test_denies_the_pods if {
	host_process.deny == {{
		"msg": "the pod runs as a process of its node",
		"about": {"container": null},
		"path": ["spec", "securityContext", "windowsOptions", "hostProcess"],
	}} with input as pod(options(true))
}

test_denies_a_containers if count(host_process.deny) == 1 with input as container(options(true))

test_allows_false if count(host_process.deny) == 0 with input as pod(options(false))
