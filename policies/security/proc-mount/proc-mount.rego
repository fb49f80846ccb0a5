# METADATA
# title: Unmasked /proc
# description: >-
#   `procMount: Unmasked` shows a container what the kernel keeps from it under `/proc`. The
#   baseline Pod Security Standard forbids it.
# related_resources:
# - https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
# custom:
#   severity: error
#   level: baseline
package hydrant.security.proc_mount

import data.hydrant.lib.workloads

deny contains {"msg": msg, "about": about, "path": array.concat(item.path, ["securityContext", "procMount"])} if {
	some item in workloads.all_containers
	item.container.securityContext.procMount == "Unmasked"
	about := {"container": item.name}
	msg := sprintf("container %s sees an unmasked /proc", [about.container])
}
