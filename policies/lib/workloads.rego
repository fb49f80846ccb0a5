# Where the kinds of workloads keep their pods, containers and fields, as paths, so that a
# finding stands on the field it is about.
package hydrant.lib.workloads

# Where a kind keeps its pod's spec.
pod_spec_path := ["spec"] if input.kind == "Pod"

pod_spec_path := ["spec", "jobTemplate", "spec", "template", "spec"] if input.kind == "CronJob"

pod_spec_path := ["spec", "template", "spec"] if {
	input.kind in {"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "Rollout"}
}

pod_spec := object.get(input, pod_spec_path, {})

# Workloads whose containers run for long, and so are probed.
serving if input.kind in {"Deployment", "StatefulSet", "DaemonSet", "Rollout"}

# Containers that run next to each other, with their paths.
containers contains item if some item in containers_of("containers")

# The containers above and those that run before them.
all_containers contains item if some item in containers_of("containers")

all_containers contains item if some item in containers_of("initContainers")

containers_of(field) := [item |
	some index, container in object.get(pod_spec, field, [])
	item := {"path": array.concat(pod_spec_path, [field, index]), "container": container}
]

# True where the target is applied to a production environment.
production if {
	environment := lower(data.hydrant.target.environment)
	environment in {"production", "prod", "live"}
}

production if startswith(lower(data.hydrant.target.environment), "prod-")
