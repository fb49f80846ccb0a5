# METADATA
# title: Container with a writable root filesystem
# description: >-
#   Who breaks into a container with a writable root filesystem can put tools into it and
#   change its programs. Set `readOnlyRootFilesystem: true`, and mount an `emptyDir` where
#   the program writes. Asked of containers that keep running. No Pod Security Standard
#   demands it; the CIS benchmark and the NSA's hardening guide do.
# related_resources:
# - https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# - https://kubernetes.io/docs/concepts/security/linux-kernel-security-constraints/
# custom:
#   severity: warning
#   default: "off"
package hydrant.security.writable_root

import data.hydrant.lib.workloads

deny contains {"msg": msg, "about": about, "path": workloads.nearest(item, ["securityContext", "readOnlyRootFilesystem"])} if {
	not workloads.for_windows
	some item in workloads.containers
	not is_read_only(item.container)
	about := {"container": item.name}
	msg := sprintf("container %s can write to its root filesystem; set securityContext.readOnlyRootFilesystem: true", [about.container])
}

is_read_only(container) if container.securityContext.readOnlyRootFilesystem == true

# Another rule says more of those.
is_read_only(container) if container.securityContext.privileged == true
