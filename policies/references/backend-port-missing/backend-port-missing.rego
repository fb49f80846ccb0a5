# METADATA
# title: Ingress or route to a port that its Service has not
# description: >-
#   An Ingress, or a route of the Gateway API, that names a port which its Service has not
#   leads nowhere: the controller answers with an error.
# related_resources:
# - https://kubernetes.io/docs/concepts/services-networking/ingress/
# - https://gateway-api.sigs.k8s.io/api-types/httproute/
# custom:
#   severity: error
#   combine: true
package hydrant.references.backend_port_missing

import data.hydrant.lib.backends
import data.hydrant.lib.facts

deny contains {"msg": msg, "about": about, "resource": index, "path": port.path} if {
	some index, item in input
	some backend in backends.of_resource(item.contents)
	some port in backend.ports
	services := backends.services(backend)
	count(services) > 0
	every service in services { lacks(service, port.value) }
	about := {"service": backend.name, "port": facts.of(port.value)}
	msg := sprintf("the Service %s has no port %v", [about.service, about.port])
}

lacks(service, value) if {
	ports := {known | some port in service.spec.ports; some field in ["port", "name"]; known := port[field]}
	count(ports) > 0
	not value in ports
}
