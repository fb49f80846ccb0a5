# METADATA
# title: Container that may run as root
# description: >-
#   Without `runAsNonRoot: true`, on the pod or on the container, an image that runs as root
#   runs as root.
# related_resources:
# - https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
# custom:
#   severity: warning
package hydrant.security.run_as_non_root

import data.hydrant.lib.workloads

deny contains {"msg": msg, "path": path_of(item)} if {
	some item in workloads.all_containers
	of_pod := object.get(workloads.pod_spec, ["securityContext", "runAsNonRoot"], false)
	not object.get(item.container, ["securityContext", "runAsNonRoot"], of_pod)
	msg := sprintf("container %s may run as root; set securityContext.runAsNonRoot: true", [item.container.name])
}

path_of(item) := array.concat(item.path, ["securityContext"]) if item.container.securityContext

path_of(item) := item.path if not item.container.securityContext
