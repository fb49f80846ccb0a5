package hydrant.rbac.cluster_admin_binding_test

import data.hydrant.rbac.cluster_admin_binding

binding(role) := {
	"kind": "ClusterRoleBinding",
	"roleRef": {"kind": "ClusterRole", "name": role},
	"subjects": [{"kind": "ServiceAccount", "name": "bot"}],
}

test_cluster_admin_is_denied if {
	some result in cluster_admin_binding.deny with input as binding("cluster-admin")
	result == {"msg": "ServiceAccount bot gets every right by cluster-admin", "path": ["roleRef", "name"]}
}

test_other_role_is_allowed if {
	count(cluster_admin_binding.deny) == 0 with input as binding("view")
}
