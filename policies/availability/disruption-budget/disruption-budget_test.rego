package hydrant.availability.disruption_budget_test

import data.hydrant.availability.disruption_budget

# The cluster with the given objects besides the pods.
around(objects) := {"unknown": [], "resources": {kind: {name: same |
	some one in objects
	one.kind == kind
	name := one.metadata.name
	same := [{"namespace": object.get(other.metadata, "namespace", ""), "contents": other} | some other in objects; other.kind == kind; other.metadata.name == name]
} |
	some one in objects
	kind := one.kind
}}

named(api_version, kind, name) := {
	"apiVersion": api_version,
	"kind": kind,
	"metadata": {"name": name, "namespace": "shop"},
}

budget(spec) := {"path": "a", "contents": object.union(
	named("policy/v1", "PodDisruptionBudget", "web"),
	{"spec": object.union({"selector": {"matchLabels": {"app": "web"}}}, spec)},
)}

workload(replicas) := {"path": "a", "contents": object.union(named("apps/v1", "Deployment", "web"), {"spec": {
	"replicas": replicas,
	"template": {"metadata": {"labels": {"app": "web"}}, "spec": {}},
}})}

autoscaler(least) := object.union(named("autoscaling/v2", "HorizontalPodAutoscaler", "web"), {"spec": {
	"minReplicas": least,
	"scaleTargetRef": {"kind": "Deployment", "name": "web"},
}})

test_denies_as_many_as_there_are if {
	disruption_budget.deny == {{
		"msg": "no pod of the Deployment web may ever be evicted: minAvailable is 2 of 2 replicas, so that draining a node hangs",
		"about": {"kind": "Deployment", "workload": "web", "minAvailable": 2, "replicas": 2},
		"resource": 1,
		"path": ["spec", "minAvailable"],
	}} with input as [workload(2), budget({"minAvailable": 2})] with data.hydrant.near as around([])
}

test_denies_a_share_of_all if {
	every available in ["100%", "51%"] {
		count(disruption_budget.deny) == 1 with input as [workload(2), budget({"minAvailable": available})] with data.hydrant.near as around([])
	}
}

test_denies_none_unavailable if {
	every unavailable in [0, "0%"] {
		{result.path | some result in disruption_budget.deny} == {["spec", "maxUnavailable"]} with input as [budget({"maxUnavailable": unavailable})]
			with data.hydrant.near as around([])
	}
}

test_denies_by_what_the_autoscaler_goes_down_to if {
	count(disruption_budget.deny) == 1 with input as [workload(5), budget({"minAvailable": 2})] with data.hydrant.near as around([autoscaler(2)])
}

test_allows_less_than_there_are if {
	every spec in [{"minAvailable": 1}, {"minAvailable": "50%"}, {"maxUnavailable": 1}] {
		count(disruption_budget.deny) == 0 with input as [workload(2), budget(spec)] with data.hydrant.near as around([])
	}
}

test_allows_what_the_autoscaler_keeps_more_of if {
	count(disruption_budget.deny) == 0 with input as [workload(1), budget({"minAvailable": 1})] with data.hydrant.near as around([autoscaler(2)])
}

test_allows_no_replicas if {
	count(disruption_budget.deny) == 0 with input as [workload(0), budget({"minAvailable": 1})] with data.hydrant.near as around([])
}
