# METADATA
# title: Pod in its node's namespaces
# description: >-
#   `hostNetwork`, `hostPID` and `hostIPC` let a pod see and reach what is the node's and
#   other pods'.
#   Programs that are known to need it, such as node exporters and the agents of a network
#   plugin, are let be, and so is what a DaemonSet has for work on the node itself: a container
#   that mounts the node's kubelet, devices, kernel or network plugins, or mounts for others.
# related_resources:
# - https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
# custom:
#   severity: error
#   level: baseline
package hydrant.security.host_namespaces

import data.hydrant.lib.node_agents
import data.hydrant.lib.workloads

deny contains {"msg": msg, "about": about, "path": array.concat(workloads.pod_spec_path, [field])} if {
	some field in ["hostNetwork", "hostPID", "hostIPC"]
	workloads.pod_spec[field] == true
	not node_agents.of_pod
	about := {"field": field}
	msg := sprintf("the pod shares its node's namespaces: %s", [about.field])
}
