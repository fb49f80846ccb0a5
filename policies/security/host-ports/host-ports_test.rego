package hydrant.security.host_ports_test

import data.hydrant.security.host_ports

pod(spec) := {
	"apiVersion": "v1",
	"kind": "Pod",
	"metadata": {"name": "app"},
	"spec": object.union({"containers": [{"name": "app", "image": "app:1"}]}, spec),
}

container(fields) := pod({"containers": [object.union({"name": "app", "image": "app:1"}, fields)]})

test_denies_a_port_of_the_node if {
	host_ports.deny == {{
		"msg": "container app takes port 80 of its node",
		"about": {"container": "app", "port": 80},
		"path": ["spec", "containers", 0, "ports", 1, "hostPort"],
	}} with input as container({"ports": [{"containerPort": 8080}, {"containerPort": 8080, "hostPort": 80}]})
}

test_allows_the_containers_own if count(host_ports.deny) == 0 with input as container({"ports": [{"containerPort": 8080}]})

test_allows_none if count(host_ports.deny) == 0 with input as container({"ports": [{"containerPort": 8080, "hostPort": 0}]})

test_allows_a_node_exporter if {
	ports := [{"containerPort": 9100, "hostPort": 9100}]
	count(host_ports.deny) == 0 with input as container({"image": "quay.io/prometheus/node-exporter:v1.9.1", "ports": ports})
}
