# What rules for all resources of a target look up: the pods of the target, and what else the
# commit applies to the same cluster.
package hydrant.lib.cluster

import data.hydrant.lib.workloads

around := data.hydrant.near.resources

# The namespace that a manifest of the target states, or that of its release; empty where
# whoever applies it gives it.
namespace_of(contents) := namespace if {
	namespace := contents.metadata.namespace
	is_string(namespace)
} else := namespace if {
	namespace := data.hydrant.near.namespace
} else := ""

name_of(contents) := object.get(contents, ["metadata", "name"], "")

group_of(contents) := split(contents.apiVersion, "/")[0] if {
	contains(contents.apiVersion, "/")
} else := ""

# Where one is not stated, they may be the same.
may_be_same(namespace, namespace)

may_be_same("", other) if other != ""

may_be_same(one, "") if one != ""

# All that stands in the namespace is known: what did not render stands in others.
is_known(namespace) if {
	elsewhere := [other |
		some other in data.hydrant.near.unknown
		is_string(other)
		namespace != ""
		other != namespace
	]
	count(elsewhere) == count(data.hydrant.near.unknown)
}

# The objects of a kind and name, of whatever group, that may stand in a namespace.
found(kind, name, namespace) := [one.contents |
	some one in around[kind][name]
	may_be_same(one.namespace, namespace)
]

# Also what an operator would make of a custom resource.
may_exist(kind, name, namespace) if count(found(kind, name, namespace)) > 0

may_exist(_, name, _) if contains(name, "${")

may_exist(_, name, namespace) if may_be_made(name, namespace)

# Custom resources that have others made, so far as they are not known to make none. Those that
# declare targets are left out: what they make is rendered, and so around itself.
makers := [one |
	some kind
	not workloads_of[kind]
	some name
	some one in around[kind][name]
	group := group_of(one.contents)
	contains(group, ".")
	not endswith(group, ".k8s.io")
	not endswith(group, ".toolkit.fluxcd.io")
	not endswith(group, "istio.io")
	not group in {"argoproj.io", "fluxcd.controlplane.io", "keda.sh", "monitoring.coreos.com", "traefik.io"}
]

# An operator names what it makes after its resource, or as the resource says.
may_be_made(name, namespace) if {
	some maker in makers
	may_be_same(maker.namespace, namespace)
	mentions(maker.contents, name)
}

mentions(maker, name) if {
	name_of(maker) != ""
	startswith(name, name_of(maker))
}

mentions(maker, name) if {
	walk(maker, [_, value])
	value == name
}

workloads_of := {kind |
	some key, _ in workloads.pod_spec_paths
	kind := split(key, "/")[1]
}

# Where a manifest has its pod, if it has one.
pod_path(contents) := workloads.pod_spec_paths[concat("/", [group_of(contents), contents.kind])]

pod_of(contents) := {
	"spec": workloads.object_at(contents, path),
	"path": path,
	"labels": workloads.object_at(contents, array.concat(above, ["metadata", "labels"])),
	"namespace": namespace_of(contents),
	"contents": contents,
} if {
	path := pod_path(contents)
	above := array.slice(path, 0, count(path) - 1)
}

# The pods of the target, each with the index of its resource.
pods := [object.union(pod_of(item.contents), {"resource": index}) | some index, item in input]

# The pods of all targets of the cluster.
pods_around := [object.union(pod_of(one.contents), {"namespace": one.namespace}) |
	some kind in workloads_of
	some name
	some one in around[kind][name]
]

# Containers of a pod, with their paths.
containers_of(pod) := [{"container": container, "path": array.concat(pod.path, [field, index])} |
	some field in ["containers", "initContainers"]
	some index, container in object.get(pod.spec, field, [])
	is_object(container)
]

# Labels that the system or the program itself gives its pods when they run.
given_later(key) if {
	key in {
		"apps.kubernetes.io/pod-index",
		"controller-revision-hash",
		"job-name",
		"pod-template-hash",
		"rollouts-pod-template-hash",
		"statefulset.kubernetes.io/pod-name",
	}
}

given_later(key) if regex.match(`(role|active|leader|primary|master|state)`, lower(key))

selects(selector, labels) if {
	every key, value in selector { is_given(labels, key, value) }
}

is_given(labels, key, value) if labels[key] == value

is_given(_, key, _) if given_later(key)
