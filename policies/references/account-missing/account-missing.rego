# METADATA
# title: Pod of a ServiceAccount that does not exist
# description: >-
#   Kubernetes makes no pod whose ServiceAccount does not exist. It is not among what this
#   commit applies to the cluster, in the pod's namespace.
# related_resources:
# - https://kubernetes.io/docs/concepts/security/service-accounts/
# custom:
#   severity: warning
#   combine: true
package hydrant.references.account_missing

import data.hydrant.lib.cluster

deny contains {"msg": msg, "about": about, "resource": pod.resource, "path": array.concat(pod.path, [field])} if {
	some pod in cluster.pods
	cluster.is_known(pod.namespace)
	field := [one | some one in ["serviceAccountName", "serviceAccount"]; is_string(pod.spec[one])][0]
	name := pod.spec[field]
	not name in {"", "default"}
	not cluster.may_exist("ServiceAccount", name, pod.namespace)
	about := {"account": name}
	msg := sprintf("there is no ServiceAccount %s in the namespace, so that no pod is made", [about.account])
}
