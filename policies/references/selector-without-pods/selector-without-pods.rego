# METADATA
# title: Service or disruption budget that selects nothing
# description: >-
#   A Service whose selector fits no pod has no endpoints, and a PodDisruptionBudget whose
#   selector fits none protects none: most often a label is misspelt or was renamed in one
#   place. No workload that this commit applies to the cluster, in the namespace, has such
#   labels. Not judged are Services without selector, namespaces without workloads, labels
#   that a program gives its pods when it runs (a role, the leader), and what fits an
#   operator's custom resource by name.
# related_resources:
# - https://kubernetes.io/docs/concepts/services-networking/service/#defining-a-service
# - https://kubernetes.io/docs/tasks/run-application/configure-pdb/
# custom:
#   severity: warning
#   combine: true
package hydrant.references.selector_without_pods

import data.hydrant.lib.cluster

deny contains {"msg": msg, "about": about, "resource": index, "path": selector.path} if {
	some index, item in input
	selector := selector_of(item.contents)
	namespace := cluster.namespace_of(item.contents)
	cluster.is_known(namespace)
	count([pod | some pod in cluster.pods_around; pod.namespace == namespace]) > 0
	not fits_any(selector.labels, namespace)
	not may_be_made(selector.labels, namespace)
	about := {"labels": sort([sprintf("%s=%v", [key, value]) | some key, value in selector.labels])}
	msg := sprintf("no workload of the namespace has pods with the labels %s", [concat(",", about.labels)])
}

selector_of(contents) := {"labels": labels, "path": ["spec", "selector"]} if {
	contents.apiVersion == "v1"
	contents.kind == "Service"
	object.get(contents, ["spec", "type"], "ClusterIP") != "ExternalName"
	labels := contents.spec.selector
	is_object(labels)
	count(labels) > 0
}

selector_of(contents) := {"labels": labels, "path": ["spec", "selector", "matchLabels"]} if {
	startswith(contents.apiVersion, "policy/")
	contents.kind == "PodDisruptionBudget"
	labels := contents.spec.selector.matchLabels
	count(labels) > 0
	count(object.get(contents, ["spec", "selector", "matchExpressions"], [])) == 0
}

fits_any(labels, namespace) if {
	some pod in cluster.pods_around
	cluster.may_be_same(pod.namespace, namespace)
	cluster.selects(labels, pod.labels)
}

may_be_made(labels, namespace) if {
	some _, value in labels
	is_string(value)
	cluster.may_be_made(value, namespace)
}
