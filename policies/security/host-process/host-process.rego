# METADATA
# title: Windows pod as a process of its node
# description: >-
#   `hostProcess: true` runs a Windows container as a process of its node, with the node's
#   rights. The baseline Pod Security Standard forbids it.
# related_resources:
# - https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
# - https://kubernetes.io/docs/tasks/configure-pod-container/create-hostprocess-pod/
# custom:
#   severity: error
#   level: baseline
package hydrant.security.host_process

import data.hydrant.lib.workloads

deny contains {"msg": msg, "about": about, "path": array.concat(one.path, ["windowsOptions", "hostProcess"])} if {
	some one in workloads.security_contexts
	one.context.windowsOptions.hostProcess == true
	about := {"container": one.container}
	msg := sprintf("%s runs as a process of its node", [workloads.pod_or_container(about.container)])
}
