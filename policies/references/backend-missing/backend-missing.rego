# METADATA
# title: Ingress or route to a Service that does not exist
# description: >-
#   An Ingress, or a route of the Gateway API, that leads to a Service which does not exist
#   answers with an error. The Service is not among what this commit applies to the cluster,
#   in its namespace.
# related_resources:
# - https://kubernetes.io/docs/concepts/services-networking/ingress/
# - https://gateway-api.sigs.k8s.io/api-types/httproute/
# custom:
#   severity: warning
#   combine: true
package hydrant.references.backend_missing

import data.hydrant.lib.backends
import data.hydrant.lib.cluster

deny contains {"msg": msg, "about": about, "resource": index, "path": path} if {
	some index, item in input
	all := backends.of_resource(item.contents)
	missing := {[backend.name, backend.namespace] |
		some backend in all
		cluster.is_known(backend.namespace)
		not cluster.may_exist("Service", backend.name, backend.namespace)
	}
	some [name, namespace] in missing

	# Once for all paths that lead there.
	path := min({backend.path | some backend in all; [backend.name, backend.namespace] == [name, namespace]})
	about := {"service": name}
	msg := sprintf("there is no Service %s in the namespace to lead to", [about.service])
}
