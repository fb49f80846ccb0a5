package hydrant.security.seccomp_profile_test

import data.hydrant.security.seccomp_profile

pod(spec) := {
	"apiVersion": "v1",
	"kind": "Pod",
	"metadata": {"name": "app"},
	"spec": object.union({"containers": [{"name": "app", "image": "app:1"}]}, spec),
}

container(fields) := pod({"containers": [object.union({"name": "app", "image": "app:1"}, fields)]})

profile := {"securityContext": {"seccompProfile": {"type": "RuntimeDefault"}}}

test_denies_what_says_nothing if {
	seccomp_profile.deny == {{
		"msg": "container app has no seccomp profile; set securityContext.seccompProfile.type: RuntimeDefault",
		"about": {"container": "app"},
		"path": ["spec", "containers", 0],
	}} with input as pod({})
}

test_allows_the_containers_own if count(seccomp_profile.deny) == 0 with input as container(profile)

test_allows_the_pods if count(seccomp_profile.deny) == 0 with input as pod(profile)
