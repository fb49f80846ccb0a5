# METADATA
# title: Pod with a PersistentVolumeClaim that does not exist
# description: >-
#   A pod that mounts a PersistentVolumeClaim which does not exist waits for it. It is not
#   among what this commit applies to the cluster, in the pod's namespace.
# related_resources:
# - https://kubernetes.io/docs/concepts/storage/persistent-volumes/#claims-as-volumes
# custom:
#   severity: warning
#   combine: true
package hydrant.references.claim_missing

import data.hydrant.lib.cluster

deny contains {"msg": msg, "about": about, "resource": pod.resource, "path": path} if {
	some pod in cluster.pods
	cluster.is_known(pod.namespace)
	some index, volume in pod.spec.volumes
	name := volume.persistentVolumeClaim.claimName
	is_string(name)
	not cluster.may_exist("PersistentVolumeClaim", name, pod.namespace)
	not of_a_set(name, pod.namespace)
	path := array.concat(pod.path, ["volumes", index, "persistentVolumeClaim", "claimName"])
	about := {"claim": name}
	msg := sprintf("there is no PersistentVolumeClaim %s in the namespace, so that the pod does not start", [about.claim])
}

# A StatefulSet names its claims after the template, itself and the pod's number.
of_a_set(name, namespace) if {
	some set, _ in cluster.around.StatefulSet
	some one in cluster.found("StatefulSet", set, namespace)
	some template in one.spec.volumeClaimTemplates
	startswith(name, sprintf("%s-%s-", [template.metadata.name, set]))
}
