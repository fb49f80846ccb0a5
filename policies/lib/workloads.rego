# Where the kinds of workloads keep their pods, containers and fields, as paths, so that a
# finding stands on the field it is about.
package hydrant.lib.workloads

import data.hydrant.lib.facts

template_spec := ["spec", "template", "spec"]

# Where a kind keeps its pod's spec, by group and kind.
pod_spec_paths := {
	"/Pod": ["spec"],
	"/PodTemplate": ["template", "spec"],
	"/ReplicationController": template_spec,
	"apps/DaemonSet": template_spec,
	"apps/Deployment": template_spec,
	"apps/ReplicaSet": template_spec,
	"apps/StatefulSet": template_spec,
	"argoproj.io/Rollout": template_spec,
	"batch/CronJob": ["spec", "jobTemplate", "spec", "template", "spec"],
	"batch/Job": template_spec,
}

group := split(input.apiVersion, "/")[0] if contains(input.apiVersion, "/")

group := "" if not contains(input.apiVersion, "/")

pod_spec_path := pod_spec_paths[concat("/", [group, input.kind])]

pod_spec := object_at(input, pod_spec_path)

# The labels and annotations of the pod, whose metadata stands next to its spec.
pod_metadata_path := array.concat(array.slice(pod_spec_path, 0, count(pod_spec_path) - 1), ["metadata"])

pod_metadata := object_at(input, pod_metadata_path)

pod_labels_and_annotations := object.union(
	object_at(pod_metadata, ["labels"]),
	object_at(pod_metadata, ["annotations"]),
)

# Workloads whose containers run for long, and so are probed.
serving if input.kind in {"Deployment", "StatefulSet", "DaemonSet", "Rollout"}

# Containers that run next to each other; init containers that are kept running are among them.
containers contains item if some item in containers_of("containers")

containers contains item if {
	some item in containers_of("initContainers")
	item.container.restartPolicy == "Always"
}

# The containers above and those that run before them.
all_containers contains item if some item in containers_of("containers")

all_containers contains item if some item in containers_of("initContainers")

# Containers of one list, each with its path and its name.
containers_of(field) := [item |
	some index, container in object.get(pod_spec, field, [])
	item := {
		"path": array.concat(pod_spec_path, [field, index]),
		"container": container,
		"name": name_of(container, index),
	}
]

# The name of an item of a list; of one without a name, its number.
name_of(item, index) := facts.of(object.get(item, "name", sprintf("%d", [index])))

# The mapping at a path; an empty one where there is none.
object_at(parent, path) := found if {
	found := object.get(parent, path, {})
	is_object(found)
} else := {}

# What the container says of its security, else what the pod says, else null.
effective(container, field) := object.get(container, ["securityContext", field], of_pod) if {
	of_pod := object.get(pod_spec, ["securityContext", field], null)
}

# What Linux has and Windows has not is not asked of such pods.
for_windows if pod_spec.os.name == "windows"

# The path of a container's field, or of the nearest that there is above it.
nearest(item, fields) := array.concat(item.path, array.slice(fields, 0, depth)) if {
	depth := max([size |
		some size in numbers.range(0, count(fields))
		is_there(item.container, array.slice(fields, 0, size))
	])
}

is_there(_, [])

is_there(container, fields) if {
	count(fields) > 0
	object.get(container, fields, null) != null
}

# The security contexts that there are: the pod's, whose container is null, and its containers'.
security_contexts contains {"path": array.concat(pod_spec_path, ["securityContext"]), "container": null, "context": context} if {
	context := pod_spec.securityContext
	is_object(context)
}

security_contexts contains {"path": array.concat(item.path, ["securityContext"]), "container": item.name, "context": context} if {
	some item in all_containers
	context := item.container.securityContext
	is_object(context)
}

# How a sentence calls the owner of a security context.
pod_or_container(null) := "the pod"

pod_or_container(container) := sprintf("container %s", [container]) if container != null
