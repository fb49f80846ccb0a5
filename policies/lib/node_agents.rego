# Programs whose work is the node itself: those that measure it, and those that give pods their
# network, their volumes and their devices. What is asked of other pods they cannot give.
package hydrant.lib.node_agents

import data.hydrant.lib.workloads

# Last parts of the names of images, as vendors and mirrors keep them.
names := {
	"amazon-k8s-cni", "amazon-k8s-cni-init", "aws-network-policy-agent", "antrea-agent", "antrea-agent-ubuntu",
	"azure-cni", "cilium", "flannel", "flannel-cni-plugin", "install-cni", "kube-ovn", "kube-proxy", "kube-router",
	"multus-cni", "node-exporter", "ovn-kubernetes", "pod2daemon-flexvol", "weave-kube", "weave-npc", "windows-exporter",
}

# Names that say something only with the part before them.
pairs := {"calico/cni", "calico/node", "calico/node-windows"}

is_agent(container) if {
	input.kind in {"DaemonSet", "Pod"}
	path := split(split(container.image, "@")[0], "/")
	some name in names
	endswith(concat("", ["-", untagged(path[count(path) - 1])]), concat("", ["-", name]))
}

is_agent(container) if {
	input.kind in {"DaemonSet", "Pod"}
	path := split(split(container.image, "@")[0], "/")
	concat("/", [path[count(path) - 2], untagged(path[count(path) - 1])]) in pairs
}

# One on every node that works on what the node keeps for its pods, whatever its image is called.
is_agent(container) if {
	input.kind == "DaemonSet"
	some mount in container.volumeMounts
	some volume in workloads.pod_spec.volumes
	volume.name == mount.name
	some folder in folders_of_nodes
	startswith(concat("", [trim_suffix(volume.hostPath.path, "/"), "/"]), concat("", [folder, "/"]))
}

# What it mounts is to be seen by the node and other pods, which only a privileged container can do.
# https://kubernetes.io/docs/concepts/storage/volumes/#mount-propagation
is_agent(container) if {
	input.kind == "DaemonSet"
	some mount in container.volumeMounts
	mount.mountPropagation == "Bidirectional"
}

# Where a node has its kubelet with the volumes of pods and the sockets of plugins, its devices, its
# kernel and its network plugins.
# - https://kubernetes-csi.github.io/docs/deploying.html#node-plugin
# - https://kubernetes.io/docs/concepts/extend-kubernetes/compute-storage-net/device-plugins/
# - https://www.cni.dev/docs/spec/
folders_of_nodes := {
	"/dev", "/etc/cni", "/etc/kubernetes/cni", "/lib/modules", "/opt/cni", "/proc", "/run/netns", "/run/udev",
	"/sys", "/var/lib/cni", "/var/lib/kubelet", "/var/run/netns",
}

untagged(name) := split(name, ":")[0]

# The pod is there for such a program.
of_pod if {
	some item in workloads.all_containers
	is_agent(item.container)
}
