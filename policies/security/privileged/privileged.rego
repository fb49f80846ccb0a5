# METADATA
# title: Privileged container
# description: >-
#   A privileged container is root on its node: who breaks into it owns every pod there.
#   Grant the one capability that is needed instead.
#   Programs that are known to need it, such as node exporters and the agents of a network
#   plugin, are let be, and so is what a DaemonSet has for work on the node itself: a container
#   that mounts the node's kubelet, devices, kernel or network plugins, or mounts for others.
# related_resources:
# - https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
# custom:
#   severity: error
#   level: baseline
package hydrant.security.privileged

import data.hydrant.lib.node_agents
import data.hydrant.lib.workloads

deny contains {"msg": msg, "about": about, "path": array.concat(item.path, ["securityContext", "privileged"])} if {
	some item in workloads.all_containers
	item.container.securityContext.privileged == true
	not node_agents.is_agent(item.container)
	about := {"container": item.name}
	msg := sprintf("container %s is privileged", [about.container])
}
