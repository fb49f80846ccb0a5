# METADATA
# title: Role with wildcards
# description: >-
#   `*` for verbs or resources also grants what does not exist yet: each CRD that is
#   installed later. Name the verbs and resources.
# related_resources:
# - https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege
# custom:
#   severity: warning
package hydrant.rbac.wildcard

deny contains {"msg": msg, "path": ["rules", index, field]} if {
	input.kind in {"Role", "ClusterRole"}
	some index, rule in input.rules
	some field in ["verbs", "resources"]
	"*" in rule[field]
	msg := sprintf("the role grants all %s", [field])
}
