# METADATA
# title: Binding to cluster-admin
# description: >-
#   Whoever is bound to `cluster-admin` may do everything in the cluster, this repository's
#   operator included. Bind a role with the rights that are needed.
# related_resources:
# - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   severity: warning
package hydrant.rbac.cluster_admin_binding

deny contains {"msg": msg, "path": ["roleRef", "name"]} if {
	input.kind in {"ClusterRoleBinding", "RoleBinding"}
	input.roleRef.kind == "ClusterRole"
	input.roleRef.name == "cluster-admin"
	subjects := [sprintf("%s %s", [subject.kind, subject.name]) | some subject in input.subjects]
	msg := sprintf("%s gets every right by cluster-admin", [concat(", ", subjects)])
}
