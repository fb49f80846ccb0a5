package hydrant.security.host_namespaces_test

import data.hydrant.security.host_namespaces

pod(spec) := {"apiVersion": "v1", "kind": "Pod", "spec": spec}

test_denies_each_namespace if {
	host_namespaces.deny == {
		{"msg": "the pod shares its node's namespaces: hostNetwork", "about": {"field": "hostNetwork"}, "path": ["spec", "hostNetwork"]},
		{"msg": "the pod shares its node's namespaces: hostPID", "about": {"field": "hostPID"}, "path": ["spec", "hostPID"]},
		{"msg": "the pod shares its node's namespaces: hostIPC", "about": {"field": "hostIPC"}, "path": ["spec", "hostIPC"]},
	} with input as pod({"hostNetwork": true, "hostPID": true, "hostIPC": true})
}

test_allows_false if count(host_namespaces.deny) == 0 with input as pod({"hostNetwork": false})

test_allows_another_kind_with_the_field if {
	other := {"apiVersion": "example.com/v1", "kind": "Pod", "spec": {"hostNetwork": true}}
	count(host_namespaces.deny) == 0 with input as other
}

test_allows_a_node_exporter if {
	spec := {"hostNetwork": true, "hostPID": true, "containers": [{"name": "exporter", "image": "mirror.example/tools/prometheus-node-exporter:v1.9.1"}]}
	count(host_namespaces.deny) == 0 with input as pod(spec)
}

test_denies_what_has_a_similar_name if {
	spec := {"hostNetwork": true, "containers": [{"name": "exporter", "image": "mirror.example/node-exporter-ui:v1"}]}
	count(host_namespaces.deny) == 1 with input as pod(spec)
}
