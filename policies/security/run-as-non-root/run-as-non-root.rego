# METADATA
# title: Container that may run as root
# description: >-
#   Without `runAsNonRoot: true` or a `runAsUser` other than 0, on the pod or on the
#   container, an image that runs as root runs as root.
# related_resources:
# - https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
# custom:
#   severity: warning
#   default: "off"
#   level: restricted
package hydrant.security.run_as_non_root

import data.hydrant.lib.workloads

deny contains {"msg": msg, "about": about, "path": path_of(item)} if {
	some item in workloads.all_containers
	not workloads.for_windows
	not is_non_root(item.container)
	about := {"container": item.name}
	msg := sprintf("container %s may run as root; set securityContext.runAsNonRoot: true", [about.container])
}

is_non_root(container) if workloads.effective(container, "runAsNonRoot") == true

is_non_root(container) if {
	workloads.effective(container, "runAsNonRoot") == null
	user := workloads.effective(container, "runAsUser")
	is_number(user)
	user != 0
}

# The field that is to blame, or the nearest there is.
path_of(item) := array.concat(item.path, ["securityContext", "runAsNonRoot"]) if {
	item.container.securityContext.runAsNonRoot == false
} else := array.concat(item.path, ["securityContext", "runAsUser"]) if {
	item.container.securityContext.runAsUser == 0
} else := array.concat(item.path, ["securityContext"]) if {
	is_object(item.container.securityContext)
} else := item.path
