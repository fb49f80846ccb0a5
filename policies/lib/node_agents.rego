# Programs whose work is the node itself: those that measure it and those that give pods their
# network. What is asked of other pods they cannot give.
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

untagged(name) := split(name, ":")[0]

# The pod is there for such a program.
of_pod if {
	some container in workloads.pod_spec.containers
	is_agent(container)
}
