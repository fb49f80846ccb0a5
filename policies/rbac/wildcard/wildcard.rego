# METADATA
# title: Role with wildcards
# description: >-
#   `*` for verbs or resources also grants what does not exist yet: each custom resource
#   that is installed later. Name the verbs and the resources. Within a group of custom
#   resources an operator's wildcard reaches its own, and is not judged.
# related_resources:
# - https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege
# custom:
#   severity: error
package hydrant.rbac.wildcard

deny contains {"msg": msg, "about": about, "path": ["rules", index, field]} if {
	startswith(input.apiVersion, "rbac.authorization.k8s.io/")
	input.kind in {"Role", "ClusterRole"}
	some index, rule in input.rules
	not only_custom(rule)
	some field in ["verbs", "resources"]
	"*" in rule[field]
	about := {"field": field}
	msg := sprintf("the role grants all %s", [about.field])
}

only_custom(rule) if {
	count(rule.apiGroups) > 0
	every group in rule.apiGroups {
		contains(group, ".")
		not endswith(group, ".k8s.io")
	}
}
