package hydrant.security.unsafe_sysctls_test

import data.hydrant.security.unsafe_sysctls

pod(spec) := {
	"apiVersion": "v1",
	"kind": "Pod",
	"metadata": {"name": "app"},
	"spec": object.union({"containers": [{"name": "app", "image": "app:1"}]}, spec),
}

container(fields) := pod({"containers": [object.union({"name": "app", "image": "app:1"}, fields)]})

sysctl(name) := pod({"securityContext": {"sysctls": [{"name": name, "value": "1"}]}})

test_denies_an_unsafe_one if {
	unsafe_sysctls.deny == {{
		"msg": "the pod sets the unsafe sysctl net.core.somaxconn",
		"about": {"sysctl": "net.core.somaxconn"},
		"path": ["spec", "securityContext", "sysctls", 0, "name"],
	}} with input as sysctl("net.core.somaxconn")
}

test_allows_a_safe_one if count(unsafe_sysctls.deny) == 0 with input as sysctl("net.ipv4.tcp_syncookies")

test_allows_a_safe_one_with_slashes if count(unsafe_sysctls.deny) == 0 with input as sysctl("net/ipv4/tcp_syncookies")
