package hydrant.references.scale_target_missing_test

import data.hydrant.references.scale_target_missing

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

autoscaler(kind, name) := {"path": "a", "contents": object.union(
	named("autoscaling/v2", "HorizontalPodAutoscaler", "web"),
	{"spec": {"scaleTargetRef": {"apiVersion": "apps/v1", "kind": kind, "name": name}}},
)}

scaled_object := {"path": "a", "contents": object.union(
	named("keda.sh/v1alpha1", "ScaledObject", "web"),
	{"spec": {"scaleTargetRef": {"name": "web"}}},
)}

test_denies_a_workload_that_is_not_there if {
	scale_target_missing.deny == {{
		"msg": "there is no Deployment web in the namespace to scale",
		"about": {"kind": "Deployment", "name": "web"},
		"resource": 0,
		"path": ["spec", "scaleTargetRef", "name"],
	}} with input as [autoscaler("Deployment", "web")] with data.hydrant.near as around([])
}

test_denies_for_keda if count(scale_target_missing.deny) == 1 with input as [scaled_object] with data.hydrant.near as around([])

test_denies_another_kind if {
	count(scale_target_missing.deny) == 1 with input as [autoscaler("StatefulSet", "web")]
		with data.hydrant.near as around([named("apps/v1", "Deployment", "web")])
}

test_allows_what_is_there if {
	every one in [autoscaler("Deployment", "web"), scaled_object] {
		count(scale_target_missing.deny) == 0 with input as [one] with data.hydrant.near as around([named("apps/v1", "Deployment", "web")])
	}
}

test_allows_kinds_that_nobody_knows if {
	count(scale_target_missing.deny) == 0 with input as [autoscaler("Database", "web")] with data.hydrant.near as around([])
}
