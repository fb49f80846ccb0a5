# METADATA
# title: Disruption budget that allows no disruption
# description: >-
#   A PodDisruptionBudget that lets no pod of its workload be evicted (`maxUnavailable: 0`,
#   or `minAvailable` of all replicas that there are at the least) keeps nodes from being
#   drained: an upgrade of the cluster hangs, until someone deletes the budget or the pods
#   by hand. The replicas are the workload's, or the minimum of its autoscaler.
# related_resources:
# - https://kubernetes.io/docs/tasks/run-application/configure-pdb/#think-about-how-your-application-reacts-to-disruptions
# custom:
#   severity: warning
#   combine: true
package hydrant.availability.disruption_budget

import data.hydrant.lib.cluster
import data.hydrant.lib.facts
import data.hydrant.lib.scaling

deny contains {"msg": msg, "about": about, "resource": index, "path": ["spec", "maxUnavailable"]} if {
	some index, item in input
	is_budget(item.contents)
	item.contents.spec.maxUnavailable in {0, "0", "0%"}
	about := {"maxUnavailable": 0}
	msg := "no pod may ever be evicted: maxUnavailable is 0, so that draining a node hangs"
}

deny contains {"msg": msg, "about": about, "resource": index, "path": ["spec", "minAvailable"]} if {
	some index, item in input
	is_budget(item.contents)
	available := item.contents.spec.minAvailable
	some workload in workloads_of(item.contents)
	least := replicas_of(workload)
	needed(available, least) >= least
	least > 0
	about := {
		"kind": workload.kind,
		"workload": facts.of(cluster.name_of(workload)),
		"minAvailable": available,
		"replicas": least,
	}
	msg := sprintf("no pod of the %s %s may ever be evicted: minAvailable is %v of %d replicas, so that draining a node hangs", [about.kind, about.workload, about.minAvailable, about.replicas])
}

is_budget(contents) if {
	startswith(contents.apiVersion, "policy/")
	contents.kind == "PodDisruptionBudget"
}

# Those of the same target.
workloads_of(budget) := [pod.contents |
	labels := budget.spec.selector.matchLabels
	count(labels) > 0
	count(object.get(budget, ["spec", "selector", "matchExpressions"], [])) == 0
	some pod in cluster.pods
	pod.contents.kind in {"Deployment", "StatefulSet", "ReplicaSet", "Rollout"}
	pod.namespace == cluster.namespace_of(budget)
	cluster.selects(labels, pod.labels)
]

# The least that there are: what an autoscaler goes down to, or what the manifest says.
replicas_of(workload) := min(lowest) if {
	lowest := [least_of(scaler) | some scaler in scaling.scalers_of(workload)]
	count(lowest) > 0
} else := object.get(workload, ["spec", "replicas"], 1)

least_of(scaler) := object.get(scaler, ["spec", "minReplicas"], 1) if {
	scaler.kind == "HorizontalPodAutoscaler"
} else := object.get(scaler, ["spec", "minReplicaCount"], 0)

needed(available, _) := available if is_number(available)

# A share is rounded up.
needed(available, replicas) := ceil((to_number(trim_suffix(available, "%")) * replicas) / 100) if {
	regex.match(`^[0-9]+%$`, available)
}
