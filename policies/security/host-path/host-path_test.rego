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

test_allows_a_network_plugin if {
	agent := {
		"apiVersion": "apps/v1",
		"kind": "DaemonSet",
		"spec": {"template": {"spec": {
			"containers": [{"name": "agent", "image": "docker.io/calico/node:v3.30.0"}],
			"volumes": [{"name": "run", "hostPath": {"path": "/var/run/calico"}}],
		}}},
	}
	count(host_path.deny) == 0 with input as agent
}

test_denies_another_image_of_two_parts if {
	app := {"apiVersion": "v1", "kind": "Pod", "spec": {
		"containers": [{"name": "agent", "image": "shop/node:v3"}],
		"volumes": [{"name": "run", "hostPath": {"path": "/run"}}],
	}}
	count(host_path.deny) == 1 with input as app
}
