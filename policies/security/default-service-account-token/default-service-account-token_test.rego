package hydrant.security.default_service_account_token_test

import data.hydrant.security.default_service_account_token

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

account(mounted) := object.union(named("v1", "ServiceAccount", "default"), {"automountServiceAccountToken": mounted})

test_denies_what_says_nothing if {
	default_service_account_token.deny == {{
		"msg": "the pod gets the token of the ServiceAccount default; set automountServiceAccountToken: false",
		"about": {},
		"resource": 0,
		"path": ["spec", "template", "spec"],
	}} with input as [container({})] with data.hydrant.near as around([])
}

test_denies_true_at_its_field if {
	mounted := pod({"serviceAccountName": "default", "automountServiceAccountToken": true})
	path := ["spec", "template", "spec", "automountServiceAccountToken"]
	{result.path | some result in default_service_account_token.deny} == {path} with input as [mounted] with data.hydrant.near as around([account(false)])
}

test_allows_what_mounts_none if {
	count(default_service_account_token.deny) == 0 with input as [pod({"automountServiceAccountToken": false})] with data.hydrant.near as around([])
}

test_allows_where_the_account_mounts_none if {
	count(default_service_account_token.deny) == 0 with input as [container({})] with data.hydrant.near as around([account(false)])
}

test_allows_an_account_of_its_own if {
	count(default_service_account_token.deny) == 0 with input as [pod({"serviceAccountName": "app"})] with data.hydrant.near as around([])
}
