package hydrant.security.host_namespaces_test

import data.hydrant.security.host_namespaces

test_each_namespace_is_denied if {
	pod := {"kind": "Pod", "spec": {"hostNetwork": true, "hostPID": true, "hostIPC": true}}
	results := host_namespaces.deny with input as pod
	{result.path | some result in results} == {["spec", "hostNetwork"], ["spec", "hostPID"], ["spec", "hostIPC"]}
}

test_false_is_allowed if {
	count(host_namespaces.deny) == 0 with input as {"kind": "Pod", "spec": {"hostNetwork": false}}
}
