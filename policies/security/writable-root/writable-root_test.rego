package hydrant.security.writable_root_test

import data.hydrant.security.writable_root

pod(spec) := {
	"apiVersion": "v1",
	"kind": "Pod",
	"metadata": {"name": "app"},
	"spec": object.union({"containers": [{"name": "app", "image": "app:1"}]}, spec),
}

container(fields) := pod({"containers": [object.union({"name": "app", "image": "app:1"}, fields)]})

read_only := {"securityContext": {"readOnlyRootFilesystem": true}}

test_denies_what_says_nothing if {
	writable_root.deny == {{
		"msg": "container app can write to its root filesystem; set securityContext.readOnlyRootFilesystem: true",
		"about": {"container": "app"},
		"path": ["spec", "containers", 0],
	}} with input as pod({})
}

test_denies_false_at_its_field if {
	writable := {"securityContext": {"readOnlyRootFilesystem": false}}
	path := ["spec", "containers", 0, "securityContext", "readOnlyRootFilesystem"]
	{result.path | some result in writable_root.deny} == {path} with input as container(writable)
}

test_denies_a_sidecar if {
	sidecar := {"initContainers": [{"name": "proxy", "restartPolicy": "Always"}], "containers": [read_only]}
	{result.path | some result in writable_root.deny} == {["spec", "initContainers", 0]} with input as pod(sidecar)
}

test_allows_read_only if count(writable_root.deny) == 0 with input as container(read_only)

test_allows_what_ends if {
	count(writable_root.deny) == 0 with input as pod({"initContainers": [{"name": "init"}], "containers": [read_only]})
}

test_allows_windows if count(writable_root.deny) == 0 with input as pod({"os": {"name": "windows"}})
