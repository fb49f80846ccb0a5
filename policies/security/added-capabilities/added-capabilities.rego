# METADATA
# title: Added Linux capabilities
# description: >-
#   Capabilities beyond those that the baseline Pod Security Standard allows (`SYS_ADMIN`
#   foremost) are most of the way to root on the node.
#   Programs that are known to need it, such as node exporters and the agents of a network
#   plugin, are let be, and so is what a DaemonSet has for work on the node itself: a container
#   that mounts the node's kubelet, devices, kernel or network plugins, or mounts for others.
# related_resources:
# - https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
# custom:
#   severity: error
#   level: baseline
package hydrant.security.added_capabilities

import data.hydrant.lib.node_agents
import data.hydrant.lib.workloads

# What the baseline standard allows.
harmless := {
	"AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD",
	"NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
}

deny contains {"msg": msg, "about": about, "path": array.concat(item.path, ["securityContext", "capabilities", "add", index])} if {
	some item in workloads.all_containers
	some index, capability in item.container.securityContext.capabilities.add
	is_string(capability)
	not trim_prefix(capability, "CAP_") in harmless
	not node_agents.is_agent(item.container)
	about := {"container": item.name, "capability": capability}
	msg := sprintf("container %s adds the capability %s", [about.container, about.capability])
}
