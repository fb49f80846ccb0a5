package hydrant.security.volume_types_test

import data.hydrant.security.volume_types

pod(spec) := {
	"apiVersion": "v1",
	"kind": "Pod",
	"metadata": {"name": "app"},
	"spec": object.union({"containers": [{"name": "app", "image": "app:1"}]}, spec),
}

container(fields) := pod({"containers": [object.union({"name": "app", "image": "app:1"}, fields)]})

test_denies_a_type_of_the_network if {
	volume_types.deny == {{
		"msg": "volume data is of the type nfs",
		"about": {"volume": "data", "type": "nfs"},
		"path": ["spec", "volumes", 0, "nfs"],
	}} with input as pod({"volumes": [{"name": "data", "nfs": {"server": "nfs", "path": "/"}}]})
}

test_allows_the_types_of_the_standard if {
	volumes := [{"name": type, type: {}} | some type in volume_types.allowed]
	count(volume_types.deny) == 0 with input as pod({"volumes": volumes})
}
