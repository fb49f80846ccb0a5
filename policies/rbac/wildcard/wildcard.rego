# METADATA
# title: Role with wildcards
# description: >-
#   `*` for verbs or resources also grants what does not exist yet: each custom resource
#   that is installed later. Name the verbs and the resources.
# related_resources:
# - https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege
# custom:
#   severity: error
package hydrant.rbac.wildcard

deny contains {"msg": msg, "path": ["rules", index, field]} if {
	startswith(input.apiVersion, "rbac.authorization.k8s.io/")
	input.kind in {"Role", "ClusterRole"}
	some index, rule in input.rules
	some field in ["verbs", "resources"]
	"*" in rule[field]
	msg := sprintf("the role grants all %s", [field])
}
