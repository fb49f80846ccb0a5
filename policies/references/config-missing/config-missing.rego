# METADATA
# title: Reference to a ConfigMap or Secret that does not exist
# description: >-
#   A pod that names a ConfigMap or Secret which nobody makes does not start. It is not
#   among what this commit applies to the cluster, in the pod's namespace. Known are
#   generators' outputs, SealedSecrets, ExternalSecrets, certificates and whatever else a
#   custom resource names, what a Job makes that is told the name, and what is copied from
#   another namespace. What is made by hand, outside of Git, is not: mark such a reference
#   `optional`, or switch the rule off.
# related_resources:
# - https://kubernetes.io/docs/concepts/configuration/configmap/
# - https://kubernetes.io/docs/concepts/configuration/secret/
# custom:
#   severity: warning
#   combine: true
package hydrant.references.config_missing

import data.hydrant.lib.cluster
import data.hydrant.lib.references

deny contains {"msg": msg, "about": about, "resource": pod.resource, "path": path} if {
	some pod in cluster.pods
	cluster.is_known(pod.namespace)
	missing := {[reference.kind, reference.name] |
		some reference in references.of_pod(pod)
		not cluster.may_exist(reference.kind, reference.name, pod.namespace)
		not references.may_be_given(reference.kind, reference.name, pod.namespace)
	}
	some [kind, name] in missing

	# Once for all places that name it.
	path := min({reference.path | some reference in references.of_pod(pod); [reference.kind, reference.name] == [kind, name]})
	about := {"kind": kind, "name": name}
	msg := sprintf("there is no %s %s in the namespace, so that the pod does not start", [about.kind, about.name])
}
