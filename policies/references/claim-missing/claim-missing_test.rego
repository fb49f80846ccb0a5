package hydrant.references.claim_missing_test

import data.hydrant.references.claim_missing

pod(spec) := {"path": "a", "contents": {
	"apiVersion": "apps/v1",
	"kind": "Deployment",
	"metadata": {"name": "app", "namespace": "shop"},
	"spec": {"template": {"metadata": {"labels": {"app": "app"}}, "spec": spec}},
}}

container(fields) := pod({"containers": [object.union({"name": "app"}, fields)]})

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

of(name) := pod({"volumes": [{"name": "data", "persistentVolumeClaim": {"claimName": name}}]})

set := object.union(named("apps/v1", "StatefulSet", "db"), {"spec": {"volumeClaimTemplates": [{"metadata": {"name": "data"}}]}})

test_denies_one_that_is_not_there if {
	claim_missing.deny == {{
		"msg": "there is no PersistentVolumeClaim data in the namespace, so that the pod does not start",
		"about": {"claim": "data"},
		"resource": 0,
		"path": ["spec", "template", "spec", "volumes", 0, "persistentVolumeClaim", "claimName"],
	}} with input as [of("data")] with data.hydrant.near as around([])
}

test_allows_one_that_is_there if {
	count(claim_missing.deny) == 0 with input as [of("data")] with data.hydrant.near as around([named("v1", "PersistentVolumeClaim", "data")])
}

test_allows_one_of_a_stateful_set if {
	count(claim_missing.deny) == 0 with input as [of("data-db-0")] with data.hydrant.near as around([set])
}
