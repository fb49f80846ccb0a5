# METADATA
# title: Container on its node's port
# description: >-
#   A `hostPort` binds a port of the node: no second such pod fits on the node, and network
#   policies do not hold there. The baseline Pod Security Standard forbids it. Use a
#   Service.
#   Programs that are known to need it, such as node exporters and the agents of a network
#   plugin, are let be, and so is what a DaemonSet has for work on the node itself: a container
#   that mounts the node's kubelet, devices, kernel or network plugins, or mounts for others.
# related_resources:
# - https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
# - https://kubernetes.io/docs/concepts/configuration/overview/#services
# custom:
#   severity: error
#   level: baseline
package hydrant.security.host_ports

import data.hydrant.lib.node_agents
import data.hydrant.lib.workloads

deny contains {"msg": msg, "about": about, "path": array.concat(item.path, ["ports", index, "hostPort"])} if {
	some item in workloads.all_containers
	some index, port in item.container.ports
	is_number(port.hostPort)
	port.hostPort != 0
	not node_agents.is_agent(item.container)
	about := {"container": item.name, "port": port.hostPort}
	msg := sprintf("container %s takes port %d of its node", [about.container, about.port])
}
