# METADATA
# title: Reference to a key that its ConfigMap or Secret has not
# description: >-
#   A container that takes a variable from a key which its ConfigMap or Secret has not, or a
#   volume that lists such a key, does not start. Not judged are empty ones, which someone
#   fills later, and those that a custom resource names as well.
# related_resources:
# - https://kubernetes.io/docs/concepts/configuration/configmap/
# - https://kubernetes.io/docs/concepts/configuration/secret/
# custom:
#   severity: error
#   combine: true
package hydrant.references.config_key_missing

import data.hydrant.lib.cluster
import data.hydrant.lib.facts
import data.hydrant.lib.references

deny contains {"msg": msg, "about": about, "resource": pod.resource, "path": key.path} if {
	some pod in cluster.pods
	cluster.is_known(pod.namespace)
	some reference in references.of_pod(pod)
	some key in reference.keys
	there := cluster.found(reference.kind, reference.name, pod.namespace)
	count(there) > 0
	not cluster.may_be_made(reference.name, pod.namespace)
	every one in there { lacks(one, key.name) }
	about := {"kind": reference.kind, "name": reference.name, "key": facts.of(key.name)}
	msg := sprintf("the %s %s has no key %s, so that the pod does not start", [about.kind, about.name, about.key])
}

lacks(one, key) if {
	keys := {name | some field in ["data", "binaryData", "stringData"]; some name, _ in one[field]}
	count(keys) > 0
	not key in keys
}
