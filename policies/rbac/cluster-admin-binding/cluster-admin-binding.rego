# METADATA
# title: Binding to cluster-admin
# description: >-
#   Whoever is bound to `cluster-admin` may do everything in the cluster, and by a
#   RoleBinding everything in its namespace. Bind a role with the rights that are needed.
# related_resources:
# - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   severity: warning
package hydrant.rbac.cluster_admin_binding

deny contains {"msg": msg, "path": ["roleRef", "name"]} if {
	startswith(input.apiVersion, "rbac.authorization.k8s.io/")
	reach := {
		"ClusterRoleBinding": "every right",
		"RoleBinding": "every right in its namespace",
	}[input.kind]
	input.roleRef.kind == "ClusterRole"
	input.roleRef.name == "cluster-admin"
	subjects := [sprintf("%s %s", [subject.kind, subject.name]) | some subject in input.subjects]
	count(subjects) > 0
	msg := sprintf("%s gets %s by cluster-admin", [concat(", ", subjects), reach])
}
