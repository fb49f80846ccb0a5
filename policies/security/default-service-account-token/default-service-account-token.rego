# METADATA
# title: Token of the default ServiceAccount
# description: >-
#   A pod without a ServiceAccount of its own gets the token of `default`: who breaks into
#   it can ask the API server for whatever anybody ever granted `default`. Set
#   `automountServiceAccountToken: false` on the pod, or on the ServiceAccount `default`; a
#   program that talks to the API server gets an account of its own.
# related_resources:
# - https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting
# - https://kubernetes.io/docs/concepts/security/rbac-good-practices/#minimize-distribution-of-privileged-tokens
# custom:
#   severity: warning
#   default: "off"
#   combine: true
package hydrant.security.default_service_account_token

import data.hydrant.lib.cluster

deny contains {"msg": msg, "about": about, "resource": pod.resource, "path": path} if {
	some pod in cluster.pods
	count(pod.spec) > 0
	object.get(pod.spec, "serviceAccountName", object.get(pod.spec, "serviceAccount", "")) in {"", "default"}
	mounts(pod)
	path := array.concat(pod.path, [field | some field in ["automountServiceAccountToken"]; is_boolean(pod.spec[field])])
	about := {}
	msg := "the pod gets the token of the ServiceAccount default; set automountServiceAccountToken: false"
}

# The pod's own word counts before the account's.
mounts(pod) if pod.spec.automountServiceAccountToken == true

mounts(pod) if {
	not is_boolean(object.get(pod.spec, "automountServiceAccountToken", null))
	accounts := cluster.found("ServiceAccount", "default", pod.namespace)
	count([account | some account in accounts; account.automountServiceAccountToken == false]) == 0
}
