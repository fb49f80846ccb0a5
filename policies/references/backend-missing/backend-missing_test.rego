package hydrant.references.backend_missing_test

import data.hydrant.references.backend_missing

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

ingress(name, port) := {"path": "a", "contents": {
	"apiVersion": "networking.k8s.io/v1",
	"kind": "Ingress",
	"metadata": {"name": "web", "namespace": "shop"},
	"spec": {"rules": [{"http": {"paths": [{"path": "/", "backend": {"service": {"name": name, "port": port}}}]}}]},
}}

route(reference) := {"path": "a", "contents": {
	"apiVersion": "gateway.networking.k8s.io/v1",
	"kind": "HTTPRoute",
	"metadata": {"name": "web", "namespace": "shop"},
	"spec": {"rules": [{"backendRefs": [reference]}]},
}}

service(name) := object.union(named("v1", "Service", name), {"spec": {"ports": [{"name": "http", "port": 80}]}})

test_denies_an_ingress_to_nowhere if {
	backend_missing.deny == {{
		"msg": "there is no Service web in the namespace to lead to",
		"about": {"service": "web"},
		"resource": 0,
		"path": ["spec", "rules", 0, "http", "paths", 0, "backend", "service", "name"],
	}} with input as [ingress("web", {"number": 80})] with data.hydrant.near as around([])
}

test_denies_a_default_backend if {
	only := {"path": "a", "contents": object.union(named("networking.k8s.io/v1", "Ingress", "web"), {"spec": {"defaultBackend": {"service": {"name": "web"}}}})}
	count(backend_missing.deny) == 1 with input as [only] with data.hydrant.near as around([])
}

test_denies_a_route_to_another_namespace if {
	count(backend_missing.deny) == 1 with input as [route({"name": "web", "namespace": "other", "port": 80})]
		with data.hydrant.near as around([service("web")])
}

test_allows_what_is_there if {
	every one in [ingress("web", {"number": 80}), route({"name": "web", "port": 80})] {
		count(backend_missing.deny) == 0 with input as [one] with data.hydrant.near as around([service("web")])
	}
}

test_allows_other_kinds_of_backends if {
	count(backend_missing.deny) == 0 with input as [route({"kind": "Backend", "group": "gateway.envoyproxy.io", "name": "web"})]
		with data.hydrant.near as around([])
}

test_allows_actions_of_aws if {
	count(backend_missing.deny) == 0 with input as [ingress("redirect", {"name": "use-annotation"})] with data.hydrant.near as around([])
}

test_allows_where_something_did_not_render if {
	count(backend_missing.deny) == 0 with input as [ingress("web", {"number": 80})] with data.hydrant.near as {"unknown": ["shop"], "resources": {}}
}
