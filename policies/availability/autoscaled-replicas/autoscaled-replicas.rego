# METADATA
# title: Replicas that Git and an autoscaler set
# description: >-
#   Where a HorizontalPodAutoscaler or KEDA scales a workload, and the manifest says
#   `replicas` as well, each sync sets them back, and the autoscaler begins anew: pods come
#   and go with every commit. Leave `replicas` out, or have Argo CD ignore it
#   (`ignoreDifferences` with `/spec/replicas`, and `RespectIgnoreDifferences=true` among
#   the `syncOptions`).
# related_resources:
# - https://argo-cd.readthedocs.io/en/stable/user-guide/best_practices/#leaving-room-for-imperativeness
# - https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#migrating-deployments-and-statefulsets-to-horizontal-autoscaling
# custom:
#   severity: warning
#   combine: true
package hydrant.availability.autoscaled_replicas

import data.hydrant.lib.cluster
import data.hydrant.lib.facts
import data.hydrant.lib.scaling

deny contains {"msg": msg, "about": about, "resource": pod.resource, "path": ["spec", "replicas"]} if {
	some pod in cluster.pods
	is_number(pod.contents.spec.replicas)
	some scaler in scaling.scalers_of(pod.contents)
	not is_ignored(pod.contents)
	not is_left_alone(pod.contents)
	about := {"kind": scaler.kind, "autoscaler": facts.of(cluster.name_of(scaler))}
	msg := sprintf("%s %s sets these replicas, and each sync sets them back; leave them out", [about.kind, about.autoscaler])
}

# Argo CD's Application of this target.
application := object if {
	object := data.hydrant.near.object
	object.kind == "Application"
}

is_ignored(workload) if {
	some entry in application.spec.ignoreDifferences
	is_of(entry, workload)
	leaves_replicas(entry)
}

is_of(entry, workload) if {
	entry.kind in {workload.kind, "*"}
	object.get(entry, "group", "") in {cluster.group_of(workload), "*"}
	object.get(entry, "name", "") in {"", cluster.name_of(workload)}
	object.get(entry, "namespace", "") in {"", cluster.namespace_of(workload)}
}

leaves_replicas(entry) if "/spec/replicas" in entry.jsonPointers

leaves_replicas(entry) if {
	some expression in entry.jqPathExpressions
	contains(expression, ".spec.replicas")
}

leaves_replicas(entry) if {
	some manager in entry.managedFieldsManagers
	manager in {"kube-controller-manager", "horizontal-pod-autoscaler", "keda-operator"}
}

# Flux makes such an object and never changes it.
is_left_alone(workload) if {
	workload.metadata.annotations["kustomize.toolkit.fluxcd.io/ssa"] in {"IfNotPresent", "Ignore"}
}
