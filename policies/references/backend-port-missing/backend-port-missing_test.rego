package hydrant.references.backend_port_missing_test

import data.hydrant.references.backend_port_missing

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

test_denies_another_number if {
	backend_port_missing.deny == {{
		"msg": "the Service web has no port 8080",
		"about": {"service": "web", "port": 8080},
		"resource": 0,
		"path": ["spec", "rules", 0, "http", "paths", 0, "backend", "service", "port", "number"],
	}} with input as [ingress("web", {"number": 8080})] with data.hydrant.near as around([service("web")])
}

test_denies_another_name if {
	count(backend_port_missing.deny) == 1 with input as [ingress("web", {"name": "grpc"})] with data.hydrant.near as around([service("web")])
}

test_denies_a_routes_port if {
	{result.path | some result in backend_port_missing.deny} == {["spec", "rules", 0, "backendRefs", 0, "port"]} with input as [route({"name": "web", "port": 8080})]
		with data.hydrant.near as around([service("web")])
}

test_allows_its_ports if {
	every one in [ingress("web", {"number": 80}), ingress("web", {"name": "http"}), route({"name": "web", "port": 80})] {
		count(backend_port_missing.deny) == 0 with input as [one] with data.hydrant.near as around([service("web")])
	}
}

test_allows_what_does_not_exist_at_all if {
	count(backend_port_missing.deny) == 0 with input as [ingress("web", {"number": 80})] with data.hydrant.near as around([])
}
