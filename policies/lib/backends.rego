# To which Services Ingresses and the routes of the Gateway API lead.
package hydrant.lib.backends

import data.hydrant.lib.cluster

# Each with the path of its name, its namespace, and the port that is asked for.
of_resource(contents) := ingress_backends(contents) if {
	cluster.group_of(contents) == "networking.k8s.io"
	contents.kind == "Ingress"
} else := route_backends(contents) if {
	cluster.group_of(contents) == "gateway.networking.k8s.io"
	endswith(contents.kind, "Route")
} else := []

ingress_backends(contents) := [backend |
	places := array.concat(
		[{"backend": contents.spec.defaultBackend, "path": ["spec", "defaultBackend"]} | contents.spec.defaultBackend],
		[{"backend": one.backend, "path": ["spec", "rules", rule, "http", "paths", index, "backend"]} |
			some rule, _ in contents.spec.rules
			some index, one in contents.spec.rules[rule].http.paths
		],
	)
	some place in places
	service := place.backend.service
	is_string(service.name)

	# The AWS load balancer controller takes such a name for that of an annotation.
	object.get(service, ["port", "name"], "") != "use-annotation"
	backend := {
		"name": service.name,
		"namespace": cluster.namespace_of(contents),
		"path": array.concat(place.path, ["service", "name"]),
		"ports": [{"value": value, "path": array.concat(place.path, ["service", "port", field])} |
			some field in ["number", "name"]
			value := service.port[field]
		],
	}
]

route_backends(contents) := [backend |
	some rule, _ in contents.spec.rules
	some index, reference in contents.spec.rules[rule].backendRefs
	is_string(reference.name)
	object.get(reference, "kind", "Service") == "Service"
	object.get(reference, "group", "") == ""
	path := ["spec", "rules", rule, "backendRefs", index]
	backend := {
		"name": reference.name,
		"namespace": object.get(reference, "namespace", cluster.namespace_of(contents)),
		"path": array.concat(path, ["name"]),
		"ports": [{"value": value, "path": array.concat(path, ["port"])} | value := reference.port],
	}
]

# Services of the name, without those of other groups, such as Knative's.
services(backend) := [one |
	some one in cluster.found("Service", backend.name, backend.namespace)
	one.apiVersion == "v1"
]
