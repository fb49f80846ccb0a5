# METADATA
# title: Resource without namespace
# description: >-
#   A resource that states no namespace lands wherever whoever applies it happens to be.
#   Argo CD fills in the Application's `destination.namespace`, Flux the Kustomization's
#   `targetNamespace`, Helm the release's; where those are not set either, the sync fails.
#   In a folder that nobody is seen to apply, a resource is told of only where most of the
#   folder have one.
# related_resources:
# - https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#applications
# - https://fluxcd.io/flux/components/kustomize/kustomizations/#target-namespace
# custom:
#   severity: warning
#   default: "off"
#   combine: true
package hydrant.structure.namespace_missing

import data.hydrant.lib.cluster

# Kinds of Kubernetes itself that stand in a namespace, by group.
namespaced := {
	"": {
		"ConfigMap", "Endpoints", "LimitRange", "PersistentVolumeClaim", "Pod", "PodTemplate",
		"ReplicationController", "ResourceQuota", "Secret", "Service", "ServiceAccount",
	},
	"apps": {"DaemonSet", "Deployment", "ReplicaSet", "StatefulSet"},
	"autoscaling": {"HorizontalPodAutoscaler"},
	"batch": {"CronJob", "Job"},
	"networking.k8s.io": {"Ingress", "NetworkPolicy"},
	"policy": {"PodDisruptionBudget"},
	"rbac.authorization.k8s.io": {"Role", "RoleBinding"},
}

kind_of_target := data.hydrant.near.kind

deny contains {"msg": msg, "about": about, "resource": index, "path": ["metadata"]} if {
	some index in without
	is_told
	about := {"target": kind_of_target}
	msg := sprintf("it states no namespace, %s", [why[about.target]])
}

without := {index |
	some index, item in input
	item.contents.kind in namespaced[cluster.group_of(item.contents)]
	stated(item.contents) == ""
}

is_told if kind_of_target in {"Application", "Kustomization"}

is_told if {
	kind_of_target == "kustomize"
	count(placed) >= count(without)
}

placed := {index |
	some index, item in input
	item.contents.kind in namespaced[cluster.group_of(item.contents)]
	stated(item.contents) != ""
}

# By the kind of the target.
why := {
	"Application": "and its Application has no destination.namespace to fill in",
	"Kustomization": "and its Kustomization has no targetNamespace to fill in",
	"kustomize": "while others of the folder do",
}

stated(contents) := object.get(contents, ["metadata", "namespace"], "")
