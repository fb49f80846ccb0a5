package hydrant.security.host_path_test

import data.hydrant.security.host_path

pod(volume) := {"kind": "Pod", "spec": {"volumes": [volume]}}

test_host_path_is_denied if {
	some result in host_path.deny with input as pod({"name": "logs", "hostPath": {"path": "/var/log"}})
	result.path == ["spec", "volumes", 0, "hostPath"]
	result.msg == "volume logs mounts /var/log of the node"
}

test_other_volume_is_allowed if {
	count(host_path.deny) == 0 with input as pod({"name": "tmp", "emptyDir": {}})
}
