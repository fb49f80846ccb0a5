# METADATA
# title: Autoscaler of a workload that does not exist
# description: >-
#   A HorizontalPodAutoscaler, a VerticalPodAutoscaler or KEDA's ScaledObject whose workload
#   does not exist scales nothing, and says so only in its status. The workload is not among
#   what this commit applies to the cluster, in the namespace.
# related_resources:
# - https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
# - https://keda.sh/docs/latest/reference/scaledobject-spec/
# custom:
#   severity: warning
#   combine: true
package hydrant.references.scale_target_missing

import data.hydrant.lib.cluster
import data.hydrant.lib.scaling

deny contains {"msg": msg, "about": about, "resource": index, "path": target.path} if {
	some index, item in input
	target := scaling.target_of(item.contents)
	target.kind in scaling.kinds
	namespace := cluster.namespace_of(item.contents)
	cluster.is_known(namespace)
	not cluster.may_exist(target.kind, target.name, namespace)
	about := {"kind": target.kind, "name": target.name}
	msg := sprintf("there is no %s %s in the namespace to scale", [about.kind, about.name])
}
