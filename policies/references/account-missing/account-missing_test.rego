package hydrant.references.account_missing_test

import data.hydrant.references.account_missing

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

of(name) := pod({"serviceAccountName": name})

test_denies_one_that_is_not_there if {
	account_missing.deny == {{
		"msg": "there is no ServiceAccount app in the namespace, so that no pod is made",
		"about": {"account": "app"},
		"resource": 0,
		"path": ["spec", "template", "spec", "serviceAccountName"],
	}} with input as [of("app")] with data.hydrant.near as around([])
}

test_allows_one_that_is_there if {
	count(account_missing.deny) == 0 with input as [of("app")] with data.hydrant.near as around([named("v1", "ServiceAccount", "app")])
}

test_allows_the_default if count(account_missing.deny) == 0 with input as [of("default"), pod({})] with data.hydrant.near as around([])
