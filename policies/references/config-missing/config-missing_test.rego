package hydrant.references.config_missing_test

import data.hydrant.references.config_missing

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

env_from(name) := container({"envFrom": [{"configMapRef": {"name": name}}]})

secret_volume(name) := pod({"volumes": [{"name": "v", "secret": {"secretName": name}}]})

test_denies_a_config_map_that_is_not_there if {
	config_missing.deny == {{
		"msg": "there is no ConfigMap config in the namespace, so that the pod does not start",
		"about": {"kind": "ConfigMap", "name": "config"},
		"resource": 0,
		"path": ["spec", "template", "spec", "containers", 0, "envFrom", 0, "configMapRef", "name"],
	}} with input as [env_from("config")] with data.hydrant.near as around([])
}

test_denies_every_way_to_name_it if {
	inputs := [
		container({"env": [{"name": "A", "valueFrom": {"secretKeyRef": {"name": "s", "key": "k"}}}]}),
		secret_volume("s"),
		pod({"volumes": [{"name": "v", "projected": {"sources": [{"secret": {"name": "s"}}]}}]}),
		pod({"initContainers": [{"name": "i", "envFrom": [{"secretRef": {"name": "s"}}]}]}),
	]
	every one in inputs {
		count(config_missing.deny) == 1 with input as [one] with data.hydrant.near as around([])
	}
}

test_denies_once_what_is_named_twice if {
	twice := {"envFrom": [{"configMapRef": {"name": "c"}}, {"configMapRef": {"name": "c"}}]}
	count(config_missing.deny) == 1 with input as [container(twice)] with data.hydrant.near as around([])
}

test_denies_one_of_another_namespace if {
	other := object.union(named("v1", "ConfigMap", "config"), {"metadata": {"namespace": "other"}})
	count(config_missing.deny) == 1 with input as [env_from("config")] with data.hydrant.near as around([other])
}

test_allows_what_is_there if {
	every one in [named("v1", "ConfigMap", "config"), {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "config"}}] {
		count(config_missing.deny) == 0 with input as [env_from("config")] with data.hydrant.near as around([one])
	}
}

test_allows_what_is_optional if {
	optional := container({"envFrom": [{"secretRef": {"name": "s", "optional": true}}]})
	count(config_missing.deny) == 0 with input as [optional] with data.hydrant.near as around([])
}

test_allows_what_operators_make if {
	makers := [
		named("bitnami.com/v1alpha1", "SealedSecret", "s"),
		object.union(named("external-secrets.io/v1", "ExternalSecret", "e"), {"spec": {"target": {"name": "s"}}}),
		object.union(named("cert-manager.io/v1", "Certificate", "c"), {"spec": {"secretName": "s"}}),
	]
	every maker in makers {
		count(config_missing.deny) == 0 with input as [secret_volume("s")] with data.hydrant.near as around([maker])
	}
	count(config_missing.deny) == 0 with input as [secret_volume("db-app")]
		with data.hydrant.near as around([named("postgresql.cnpg.io/v1", "Cluster", "db")])
}

# What a ResourceSet makes is around itself, so that its template makes nothing besides.
test_denies_what_a_template_only_names if {
	set := object.union(named("fluxcd.controlplane.io/v1", "ResourceSet", "s"), {"spec": {"resources": [{"secretName": "s"}]}})
	count(config_missing.deny) == 1 with input as [secret_volume("s")] with data.hydrant.near as around([set])
}

test_allows_what_a_job_makes if {
	job := object.union(named("batch/v1", "Job", "j"), {"spec": {"template": {"spec": {"containers": [{"args": ["--secret-name=s"]}]}}}})
	count(config_missing.deny) == 0 with input as [secret_volume("s")] with data.hydrant.near as around([job])
}

test_allows_what_every_namespace_has if {
	count(config_missing.deny) == 0 with input as [env_from("kube-root-ca.crt")] with data.hydrant.near as around([])
}

test_allows_where_something_did_not_render if {
	every unknown in [[null], ["shop"], ["other", "shop"]] {
		count(config_missing.deny) == 0 with input as [env_from("config")]
			with data.hydrant.near as object.union(around([]), {"unknown": unknown})
	}
}

test_denies_where_only_another_namespace_did_not_render if {
	count(config_missing.deny) == 1 with input as [env_from("config")]
		with data.hydrant.near as object.union(around([]), {"unknown": ["other"]})
}
