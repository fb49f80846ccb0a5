package hydrant.availability.autoscaled_replicas_test

import data.hydrant.availability.autoscaled_replicas

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

workload(fields) := {"path": "a", "contents": object.union(named("apps/v1", "Deployment", "web"), {"spec": object.union(
	{"template": {"metadata": {"labels": {"app": "web"}}, "spec": {}}},
	fields,
)})}

scaled := around([object.union(
	named("autoscaling/v2", "HorizontalPodAutoscaler", "web"),
	{"spec": {"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web"}}},
)])

# Of a rule that says no more.
empty := {"group": "apps", "kind": "Deployment", "fields": [], "expressions": [], "managers": []}

ignoring(rule) := object.union(scaled, {"ignores": {"rules": [object.union(empty, rule)], "applied": false}})

test_denies_replicas_that_are_scaled if {
	autoscaled_replicas.deny == {{
		"msg": "HorizontalPodAutoscaler web sets these replicas, and each sync sets them back; leave them out",
		"about": {"kind": "HorizontalPodAutoscaler", "autoscaler": "web"},
		"resource": 0,
		"path": ["spec", "replicas"],
	}} with input as [workload({"replicas": 3})] with data.hydrant.near as scaled
}

test_denies_where_something_else_is_ignored if {
	others := [
		{"fields": [["spec", "template"]]},
		{"kind": "StatefulSet", "fields": [["spec", "replicas"]]},
		{"kind": "*Set", "fields": [["spec", "replicas"]]},
		{"group": "*.io", "fields": [["spec", "replicas"]]},
		{"name": "another", "fields": [["spec", "replicas"]]},
		{"managers": ["kubectl"]},
	]
	every other in others {
		count(autoscaled_replicas.deny) == 1 with input as [workload({"replicas": 3})]
			with data.hydrant.near as ignoring(other)
	}
}

test_allows_none if count(autoscaled_replicas.deny) == 0 with input as [workload({})] with data.hydrant.near as scaled

test_allows_what_is_not_scaled if {
	count(autoscaled_replicas.deny) == 0 with input as [workload({"replicas": 3})] with data.hydrant.near as around([])
}

test_allows_what_argo_cd_ignores if {
	all := [
		{"fields": [["spec", "replicas"]]},
		{"group": "{apps,argoproj.io}", "kind": "Deploy*", "fields": [["spec", "replicas"]]},
		{"group": "*", "kind": "*", "expressions": [".spec.replicas | select(. > 1)"]},
		{"managers": ["kube-controller-manager"]},
	]
	every ignored in all {
		count(autoscaled_replicas.deny) == 0 with input as [workload({"replicas": 3})]
			with data.hydrant.near as ignoring(ignored)
	}
}
