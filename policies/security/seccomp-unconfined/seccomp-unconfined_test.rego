package hydrant.security.seccomp_unconfined_test

import data.hydrant.security.seccomp_unconfined

pod(spec) := {
	"apiVersion": "v1",
	"kind": "Pod",
	"metadata": {"name": "app"},
	"spec": object.union({"containers": [{"name": "app", "image": "app:1"}]}, spec),
}

container(fields) := pod({"containers": [object.union({"name": "app", "image": "app:1"}, fields)]})

profile(type) := {"securityContext": {"seccompProfile": {"type": type}}}

test_denies_unconfined if {
	seccomp_unconfined.deny == {{
		"msg": "container app runs without a seccomp filter; use RuntimeDefault",
		"about": {"container": "app"},
		"path": ["spec", "containers", 0, "securityContext", "seccompProfile", "type"],
	}} with input as container(profile("Unconfined"))
}

test_denies_an_unconfined_pod if {
	path := ["spec", "securityContext", "seccompProfile", "type"]
	seccomp_unconfined.deny == {{
		"msg": "the pod runs without a seccomp filter; use RuntimeDefault",
		"about": {"container": null},
		"path": path,
	}} with input as pod(profile("Unconfined"))
}

test_allows_the_default if count(seccomp_unconfined.deny) == 0 with input as container(profile("RuntimeDefault"))

test_allows_what_says_nothing if count(seccomp_unconfined.deny) == 0 with input as pod({})
