# METADATA
# title: Role that can give itself more rights
# description: >-
#   `escalate` lets a subject write roles with rights that it does not have, `bind` lets it
#   bind them, and `impersonate` lets it act as another: each is as much as every right that
#   can be had that way. Name the roles, users or accounts with `resourceNames`.
# related_resources:
# - https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks
# custom:
#   severity: warning
#   default: "off"
package hydrant.rbac.escalation

# The resources on which each verb is more than its name says.
risky := {
	"bind": {"roles", "clusterroles", "*"},
	"escalate": {"roles", "clusterroles", "*"},
	"impersonate": {"users", "groups", "serviceaccounts", "*"},
}

deny contains {"msg": msg, "about": about, "path": ["rules", index, "verbs", position]} if {
	startswith(input.apiVersion, "rbac.authorization.k8s.io/")
	input.kind in {"Role", "ClusterRole"}
	some index, rule in input.rules
	count(object.get(rule, "resourceNames", [])) == 0
	some position, verb in rule.verbs
	resources := [resource | some resource in rule.resources; resource in risky[verb]]
	count(resources) > 0
	about := {"verb": verb, "resources": resources}
	msg := sprintf("the role may %s any of %s", [about.verb, concat(", ", about.resources)])
}
