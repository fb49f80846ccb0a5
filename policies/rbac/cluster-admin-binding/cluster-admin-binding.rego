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

# How far a binding reaches.
reach := {"ClusterRoleBinding": "cluster", "RoleBinding": "namespace"}

rights := {"cluster": "every right", "namespace": "every right in its namespace"}

deny contains {"msg": msg, "about": about, "path": ["roleRef", "name"]} if {
	startswith(input.apiVersion, "rbac.authorization.k8s.io/")
	input.roleRef.kind == "ClusterRole"
	input.roleRef.name == "cluster-admin"
	subjects := [sprintf("%s %s", [subject.kind, subject.name]) | some subject in input.subjects]
	count(subjects) > 0
	about := {"subjects": subjects, "reach": reach[input.kind]}
	msg := sprintf("%s gets %s by cluster-admin", [concat(", ", about.subjects), rights[about.reach]])
}
