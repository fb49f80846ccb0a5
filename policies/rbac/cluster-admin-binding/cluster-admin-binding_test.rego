package hydrant.rbac.cluster_admin_binding_test

import data.hydrant.rbac.cluster_admin_binding

binding(kind, role) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": kind,
	"roleRef": {"kind": "ClusterRole", "name": role},
	"subjects": [{"kind": "ServiceAccount", "name": "bot"}, {"kind": "Group", "name": "ops"}],
}

test_denies_cluster_admin if {
	cluster_admin_binding.deny == {{
		"msg": "ServiceAccount bot, Group ops gets every right by cluster-admin",
		"about": {"subjects": ["ServiceAccount bot", "Group ops"], "reach": "cluster"},
		"path": ["roleRef", "name"],
	}} with input as binding("ClusterRoleBinding", "cluster-admin")
}

test_denies_cluster_admin_of_a_namespace if {
	{result.msg | some result in cluster_admin_binding.deny} == {
		"ServiceAccount bot, Group ops gets every right in its namespace by cluster-admin",
	} with input as binding("RoleBinding", "cluster-admin")
}

test_allows_another_role if count(cluster_admin_binding.deny) == 0 with input as binding("ClusterRoleBinding", "view")

test_allows_a_binding_of_nobody if {
	nobody := object.union(binding("ClusterRoleBinding", "cluster-admin"), {"subjects": []})
	count(cluster_admin_binding.deny) == 0 with input as nobody
}
