# METADATA
# title: Container that may gain privileges
# description: >-
#   Without `allowPrivilegeEscalation: false` a program in the container can gain more
#   rights than its parent, by a setuid binary for instance. The restricted Pod Security
#   Standard demands it; off by default, because few repositories are written for that
#   standard.
# related_resources:
# - https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
# custom:
#   severity: warning
#   level: restricted
#   default: "off"
package hydrant.security.privilege_escalation

import data.hydrant.lib.workloads

deny contains {"msg": msg, "about": about, "path": workloads.nearest(item, ["securityContext", "allowPrivilegeEscalation"])} if {
	not workloads.for_windows
	some item in workloads.all_containers
	not forbids(item.container)
	about := {"container": item.name}
	msg := sprintf("container %s may gain privileges; set securityContext.allowPrivilegeEscalation: false", [about.container])
}

forbids(container) if container.securityContext.allowPrivilegeEscalation == false
