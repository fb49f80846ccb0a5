# METADATA
# title: Volume from the node's disk
# description: >-
#   A `hostPath` volume gives a pod its node's files, and ties its data to one node.
# related_resources:
# - https://kubernetes.io/docs/concepts/storage/volumes/#hostpath
# - https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
# custom:
#   severity: error
#   level: baseline
package hydrant.security.host_path

import data.hydrant.lib.workloads

deny contains {"msg": msg, "path": array.concat(workloads.pod_spec_path, ["volumes", index, "hostPath"])} if {
	some index, volume in workloads.pod_spec.volumes
	is_object(volume.hostPath)
	volume_name := object.get(volume, "name", sprintf("%d", [index]))
	msg := sprintf("volume %s mounts %s of the node", [volume_name, object.get(volume.hostPath, "path", "a path")])
}
