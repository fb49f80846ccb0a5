# METADATA
# title: Role with wildcards
# description: >-
#   `*` for verbs or resources also grants what does not exist yet: each custom resource
#   that is installed later. Name the verbs and the resources. To read all resources (`get`,
#   `list`, `watch`) is let be, and within a group of custom resources an operator's wildcard
#   reaches its own. So are roles whose name says that they are for administrators or for all,
#   and Argo CD's own: there the wildcard is what they are for.
# related_resources:
# - https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege
# custom:
#   severity: warning
package hydrant.rbac.wildcard

deny contains {"msg": msg, "about": about, "path": ["rules", index, field]} if {
	startswith(input.apiVersion, "rbac.authorization.k8s.io/")
	input.kind in {"Role", "ClusterRole"}
	not named_for_it
	some index, rule in input.rules
	not only_custom(rule)
	not only_reads(rule)
	field := wide_field(rule)
	about := {"verbs": texts(rule, "verbs"), "resources": texts(rule, "resources"), "groups": texts(rule, "apiGroups")}
	msg := sprintf("the role may %s %s%s; name the verbs and the resources", [verbs(about), resources(about), groups(about)])
}

named_for_it if regex.match(`(?i)(^|[-_.:])(admins?|administrators?|superusers?|all-access|full-access)([-_.:]|$)`, input.metadata.name)

# https://github.com/argoproj/argo-cd/tree/master/manifests/cluster-rbac
named_for_it if regex.match(`(^|-)argocd-(application-controller|server)$`, input.metadata.name)

wide_field(rule) := "verbs" if {
	"*" in rule.verbs
} else := "resources" if {
	"*" in rule.resources
}

only_reads(rule) if {
	count(rule.verbs) > 0
	every verb in rule.verbs {
		verb in {"get", "list", "watch"}
	}
}

only_custom(rule) if {
	count(rule.apiGroups) > 0
	every group in rule.apiGroups {
		contains(group, ".")
		not endswith(group, ".k8s.io")
	}
}

texts(rule, field) := [text | some text in object.get(rule, field, []); is_string(text)]

verbs(about) := "do everything with" if {
	"*" in about.verbs
} else := concat(", ", about.verbs)

resources(about) := "all resources" if {
	"*" in about.resources
} else := "addresses outside of resources" if {
	count(about.resources) == 0
} else := concat(", ", about.resources)

groups(about) := "" if {
	count(about.groups) == 0
} else := " of all groups" if {
	"*" in about.groups
} else := sprintf(" of the group %s", [concat(", ", [called(group) | some group in about.groups])])

called(group) := "core" if {
	group == ""
} else := group
