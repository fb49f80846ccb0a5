# METADATA
# title: Volume from the node's disk
# description: >-
#   A `hostPath` volume gives a pod its node's files, and ties its data to one node.
#   Programs that are known to need it, such as node exporters and the agents of a network
#   plugin, are let be, and so is what a DaemonSet has for work on the node itself: a container
#   that mounts the node's kubelet, devices, kernel or network plugins, or mounts for others.
# related_resources:
# - https://kubernetes.io/docs/concepts/storage/volumes/#hostpath
# - https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
# custom:
#   severity: error
#   level: baseline
package hydrant.security.host_path

import data.hydrant.lib.facts
import data.hydrant.lib.node_agents
import data.hydrant.lib.workloads

deny contains {"msg": msg, "about": about, "path": array.concat(workloads.pod_spec_path, ["volumes", index, "hostPath"])} if {
	some index, volume in workloads.pod_spec.volumes
	is_object(volume.hostPath)
	not node_agents.of_pod
	about := {"volume": workloads.name_of(volume, index), "path": path_of(volume.hostPath)}
	msg := sprintf("volume %s mounts %s of the node", [about.volume, mounted(about)])
}

path_of(mount) := path if {
	path := facts.of(mount.path)
} else := null

mounted(about) := "a path" if {
	about.path == null
} else := about.path
