package hydrant.security.host_path_test

import data.hydrant.security.host_path

pod(volume) := {"apiVersion": "v1", "kind": "Pod", "spec": {"volumes": [{"name": "first"}, volume]}}

test_denies_a_host_path if {
	host_path.deny == {{
		"msg": "volume logs mounts /var/log of the node",
		"about": {"volume": "logs", "path": "/var/log"},
		"path": ["spec", "volumes", 1, "hostPath"],
	}} with input as pod({"name": "logs", "hostPath": {"path": "/var/log"}})
}

test_allows_another_volume if count(host_path.deny) == 0 with input as pod({"name": "tmp", "emptyDir": {}})
