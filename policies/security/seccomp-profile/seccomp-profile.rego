# METADATA
# title: Container without seccomp profile
# description: >-
#   The restricted Pod Security Standard demands `seccompProfile` with `RuntimeDefault` or
#   `Localhost`, on the pod or on the container; without it the node decides. Off by
#   default, because few repositories are written for that standard.
# related_resources:
# - https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
# - https://kubernetes.io/docs/tutorials/security/seccomp/
# custom:
#   severity: warning
#   level: restricted
#   default: "off"
package hydrant.security.seccomp_profile

import data.hydrant.lib.workloads

deny contains {"msg": msg, "about": about, "path": workloads.nearest(item, ["securityContext", "seccompProfile"])} if {
	not workloads.for_windows
	some item in workloads.all_containers
	profile := workloads.effective(item.container, "seccompProfile")
	not is_named(profile)
	about := {"container": item.name}
	msg := sprintf("container %s has no seccomp profile; set securityContext.seccompProfile.type: RuntimeDefault", [about.container])
}

# What is unconfined, another rule finds.
is_named(profile) if profile.type in {"RuntimeDefault", "Localhost", "Unconfined"}
