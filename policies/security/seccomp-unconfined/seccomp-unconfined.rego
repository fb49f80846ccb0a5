# METADATA
# title: Container without seccomp filter
# description: >-
#   `Unconfined` takes from a container the filter of system calls that its runtime would
#   put around it. The baseline Pod Security Standard forbids it. Use `RuntimeDefault`, or a
#   profile of the node (`Localhost`).
# related_resources:
# - https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
# - https://kubernetes.io/docs/tutorials/security/seccomp/
# custom:
#   severity: error
#   level: baseline
package hydrant.security.seccomp_unconfined

import data.hydrant.lib.workloads

deny contains {"msg": msg, "about": about, "path": array.concat(one.path, ["seccompProfile", "type"])} if {
	some one in workloads.security_contexts
	one.context.seccompProfile.type == "Unconfined"
	about := {"container": one.container}
	msg := sprintf("%s runs without a seccomp filter; use RuntimeDefault", [workloads.pod_or_container(about.container)])
}
