# METADATA
# title: Container that keeps capabilities
# description: >-
#   The restricted Pod Security Standard demands that each container drops `ALL`
#   capabilities and adds no other than `NET_BIND_SERVICE`. Off by default, because few
#   repositories are written for that standard.
# related_resources:
# - https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
# custom:
#   severity: warning
#   level: restricted
#   default: "off"
package hydrant.security.drop_capabilities

import data.hydrant.lib.facts
import data.hydrant.lib.workloads

deny contains {"msg": msg, "about": about, "path": workloads.nearest(item, ["securityContext", "capabilities", "drop"])} if {
	not workloads.for_windows
	some item in workloads.all_containers
	dropped := object.get(item.container, ["securityContext", "capabilities", "drop"], [])
	not "ALL" in dropped
	about := {"container": item.name, "added": null}
	msg := sprintf("container %s keeps capabilities; set securityContext.capabilities.drop: [ALL]", [about.container])
}

deny contains {"msg": msg, "about": about, "path": array.concat(item.path, ["securityContext", "capabilities", "add", index])} if {
	not workloads.for_windows
	some item in workloads.all_containers
	some index, capability in item.container.securityContext.capabilities.add
	capability != "NET_BIND_SERVICE"
	about := {"container": item.name, "added": facts.of(capability)}
	msg := sprintf("container %s adds the capability %s, which the restricted standard forbids", [about.container, about.added])
}
