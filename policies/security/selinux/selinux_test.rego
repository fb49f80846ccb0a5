package hydrant.security.selinux_test

import data.hydrant.security.selinux

pod(spec) := {
	"apiVersion": "v1",
	"kind": "Pod",
	"metadata": {"name": "app"},
	"spec": object.union({"containers": [{"name": "app", "image": "app:1"}]}, spec),
}

container(fields) := pod({"containers": [object.union({"name": "app", "image": "app:1"}, fields)]})

options(fields) := {"securityContext": {"seLinuxOptions": fields}}

test_denies_another_type if {
	selinux.deny == {{
		"msg": "container app runs with the SELinux type spc_t",
		"about": {"container": "app", "field": "type", "value": "spc_t"},
		"path": ["spec", "containers", 0, "securityContext", "seLinuxOptions", "type"],
	}} with input as container(options({"type": "spc_t"}))
}

test_denies_a_user_and_a_role if count(selinux.deny) == 2 with input as pod(options({"user": "sysadm_u", "role": "sysadm_r"}))

test_allows_the_types_of_containers if count(selinux.deny) == 0 with input as pod(options({"type": "container_t", "level": "s0:c1"}))
