package hydrant.security.added_capabilities_test

import data.hydrant.security.added_capabilities

pod(add) := {"kind": "Pod", "spec": {"containers": [{"name": "app", "securityContext": {"capabilities": {"add": add}}}]}}

test_dangerous_capability_is_denied if {
	some result in added_capabilities.deny with input as pod(["CHOWN", "SYS_ADMIN"])
	result.path == ["spec", "containers", 0, "securityContext", "capabilities", "add", 1]
}

test_all_is_denied if {
	count(added_capabilities.deny) == 1 with input as pod(["ALL"])
}

test_harmless_capability_is_allowed if {
	count(added_capabilities.deny) == 0 with input as pod(["NET_BIND_SERVICE", "CAP_CHOWN"])
}
