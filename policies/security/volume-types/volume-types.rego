# METADATA
# title: Volume of a type that the restricted standard forbids
# description: >-
#   The restricted Pod Security Standard allows volumes of the types configMap, csi,
#   downwardAPI, emptyDir, ephemeral, image, persistentVolumeClaim, projected and secret; others
#   reach the node's disk or the network past the cluster. Off by default;
#   `security/host-path` finds the worst of them.
# related_resources:
# - https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
# custom:
#   severity: warning
#   level: restricted
#   default: "off"
package hydrant.security.volume_types

import data.hydrant.lib.workloads

allowed := {
	"configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "image",
	"persistentVolumeClaim", "projected", "secret",
}

deny contains {"msg": msg, "about": about, "path": array.concat(workloads.pod_spec_path, ["volumes", index, type])} if {
	some index, volume in workloads.pod_spec.volumes
	some type, _ in volume
	not type in allowed
	not type in {"name", "hostPath"}
	about := {"volume": workloads.name_of(volume, index), "type": type}
	msg := sprintf("volume %s is of the type %s", [about.volume, about.type])
}
