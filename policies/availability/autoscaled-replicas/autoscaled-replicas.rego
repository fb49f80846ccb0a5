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

is_ignored(workload) if {
	some rule in data.hydrant.near.ignores.rules
	is_of(rule, workload)
	leaves_replicas(rule)
}

# Group and kind are globs, as Argo CD takes them (util/argo/normalizers/diff_normalizer.go).
is_of(rule, workload) if {
	glob.match(rule.kind, null, workload.kind)
	glob.match(rule.group, null, cluster.group_of(workload))
	object.get(rule, "name", "") in {"", cluster.name_of(workload)}
	object.get(rule, "namespace", "") in {"", cluster.namespace_of(workload)}
}

leaves_replicas(rule) if ["spec", "replicas"] in rule.fields

leaves_replicas(rule) if {
	some expression in rule.expressions
	contains(expression, ".spec.replicas")
}

leaves_replicas(rule) if {
	some manager in rule.managers
	manager in {"kube-controller-manager", "horizontal-pod-autoscaler", "keda-operator"}
}

# Flux makes such an object and never changes it.
is_left_alone(workload) if {
	workload.metadata.annotations["kustomize.toolkit.fluxcd.io/ssa"] in {"IfNotPresent", "Ignore"}
}
