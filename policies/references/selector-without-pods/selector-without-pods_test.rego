package hydrant.references.selector_without_pods_test

import data.hydrant.references.selector_without_pods

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

service(selector) := {"path": "a", "contents": object.union(named("v1", "Service", "web"), {"spec": {"selector": selector}})}

budget(selector) := {"path": "a", "contents": object.union(named("policy/v1", "PodDisruptionBudget", "web"), {"spec": {"selector": selector}})}

workload(labels) := object.union(named("apps/v1", "Deployment", "web"), {"spec": {"template": {"metadata": {"labels": labels}, "spec": {}}}})

web := around([workload({"app": "web", "tier": "front"})])

test_denies_a_service_that_selects_nothing if {
	selector_without_pods.deny == {{
		"msg": "no workload of the namespace has pods with the labels app=wbe,tier=front",
		"about": {"labels": ["app=wbe", "tier=front"]},
		"resource": 0,
		"path": ["spec", "selector"],
	}} with input as [service({"app": "wbe", "tier": "front"})] with data.hydrant.near as web
}

test_denies_a_budget_that_selects_nothing if {
	{result.path | some result in selector_without_pods.deny} == {["spec", "selector", "matchLabels"]} with input as [budget({"matchLabels": {"app": "wbe"}})]
		with data.hydrant.near as web
}

test_allows_what_selects if {
	every one in [service({"app": "web"}), budget({"matchLabels": {"app": "web"}})] {
		count(selector_without_pods.deny) == 0 with input as [one] with data.hydrant.near as web
	}
}

test_allows_what_has_no_selector if {
	external := {"path": "a", "contents": object.union(named("v1", "Service", "web"), {"spec": {"type": "ExternalName", "selector": {"a": "b"}}})}
	every one in [service({}), external, budget({"matchExpressions": [{"key": "a", "operator": "Exists"}], "matchLabels": {"a": "b"}})] {
		count(selector_without_pods.deny) == 0 with input as [one] with data.hydrant.near as web
	}
}

test_allows_a_namespace_without_workloads if {
	count(selector_without_pods.deny) == 0 with input as [service({"app": "web"})] with data.hydrant.near as around([])
}

test_allows_labels_that_are_given_later if {
	every label in ["statefulset.kubernetes.io/pod-name", "vault-active", "redis-role"] {
		count(selector_without_pods.deny) == 0 with input as [service({"app": "web", label: "x"})] with data.hydrant.near as web
	}
}

test_allows_pods_of_an_operator if {
	kafka := named("kafka.strimzi.io/v1beta2", "Kafka", "events")
	count(selector_without_pods.deny) == 0 with input as [service({"strimzi.io/cluster": "events"})]
		with data.hydrant.near as around([workload({"app": "web"}), kafka])
}

test_allows_where_something_did_not_render if {
	count(selector_without_pods.deny) == 0 with input as [service({"app": "wbe"})] with data.hydrant.near as object.union(web, {"unknown": [null]})
}
