package hydrant.references.config_key_missing_test

import data.hydrant.references.config_key_missing

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

key(name) := container({"env": [{"name": "A", "valueFrom": {"configMapKeyRef": {"name": "config", "key": name}}}]})

config := object.union(named("v1", "ConfigMap", "config"), {"data": {"there": ""}})

test_denies_a_key_that_is_not_there if {
	config_key_missing.deny == {{
		"msg": "the ConfigMap config has no key gone, so that the pod does not start",
		"about": {"kind": "ConfigMap", "name": "config", "key": "gone"},
		"resource": 0,
		"path": ["spec", "template", "spec", "containers", 0, "env", 0, "valueFrom", "configMapKeyRef", "key"],
	}} with input as [key("gone")] with data.hydrant.near as around([config])
}

test_denies_an_item_of_a_volume if {
	volume := {"name": "v", "configMap": {"name": "config", "items": [{"key": "gone", "path": "a"}]}}
	count(config_key_missing.deny) == 1 with input as [pod({"volumes": [volume]})] with data.hydrant.near as around([config])
}

test_allows_a_key_that_is_there if {
	count(config_key_missing.deny) == 0 with input as [key("there")] with data.hydrant.near as around([config])
}

test_allows_what_is_filled_later if {
	count(config_key_missing.deny) == 0 with input as [key("gone")] with data.hydrant.near as around([named("v1", "ConfigMap", "config")])
}

test_allows_what_an_operator_adds_to if {
	maker := object.union(named("external-secrets.io/v1", "ExternalSecret", "e"), {"spec": {"target": {"name": "config"}}})
	count(config_key_missing.deny) == 0 with input as [key("gone")] with data.hydrant.near as around([config, maker])
}

test_allows_what_does_not_exist_at_all if count(config_key_missing.deny) == 0 with input as [key("gone")] with data.hydrant.near as around([])
