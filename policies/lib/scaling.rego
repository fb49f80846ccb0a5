# What scales workloads by itself, and what it scales.
package hydrant.lib.scaling

import data.hydrant.lib.cluster

# Kinds of targets whose absence can be told; of others nobody knows what makes them.
kinds := {"Deployment", "StatefulSet", "ReplicaSet", "ReplicationController", "DaemonSet", "Rollout", "CronJob", "Job"}

target_fields := {
	"autoscaling/HorizontalPodAutoscaler": "scaleTargetRef",
	"autoscaling.k8s.io/VerticalPodAutoscaler": "targetRef",
	"keda.sh/ScaledObject": "scaleTargetRef",
}

# The workload that a manifest scales.
target_of(contents) := {
	"kind": object.get(reference, "kind", "Deployment"),
	"name": reference.name,
	"path": ["spec", field, "name"],
} if {
	field := target_fields[concat("/", [cluster.group_of(contents), contents.kind])]
	reference := contents.spec[field]
	is_string(reference.name)
}

# What sets the replicas of a workload, of all targets of the cluster.
scalers_of(workload) := [one.contents |
	some kind in ["HorizontalPodAutoscaler", "ScaledObject"]
	some name
	some one in cluster.around[kind][name]
	target := target_of(one.contents)
	target.kind == workload.kind
	target.name == cluster.name_of(workload)
	one.namespace == cluster.namespace_of(workload)
]
