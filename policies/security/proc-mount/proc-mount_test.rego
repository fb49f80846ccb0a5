package hydrant.security.proc_mount_test

import data.hydrant.security.proc_mount

pod(spec) := {
	"apiVersion": "v1",
	"kind": "Pod",
	"metadata": {"name": "app"},
	"spec": object.union({"containers": [{"name": "app", "image": "app:1"}]}, spec),
}

container(fields) := pod({"containers": [object.union({"name": "app", "image": "app:1"}, fields)]})

test_denies_unmasked if {
	proc_mount.deny == {{
		"msg": "container app sees an unmasked /proc",
		"about": {"container": "app"},
		"path": ["spec", "containers", 0, "securityContext", "procMount"],
	}} with input as container({"securityContext": {"procMount": "Unmasked"}})
}

test_allows_the_default if count(proc_mount.deny) == 0 with input as container({"securityContext": {"procMount": "Default"}})
