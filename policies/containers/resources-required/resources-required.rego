# METADATA
# title: Container without requests or limits
# description: >-
#   Without requests the scheduler places pods blindly, and without a memory limit one
#   container can take its node's memory. Set `requests` for cpu and memory and
#   `limits.memory`; a limit counts as a request, as Kubernetes takes it for one, and so do
#   resources of the pod as a whole.
# related_resources:
# - https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
# - https://kubernetes.io/docs/tasks/configure-pod-container/assign-pod-level-resources/
# custom:
#   severity: warning
#   default: "off"
package hydrant.containers.resources_required

import data.hydrant.lib.workloads

# Each with the field that may stand for it.
required := [
	{"field": ["requests", "cpu"], "or": ["limits", "cpu"]},
	{"field": ["requests", "memory"], "or": ["limits", "memory"]},
	{"field": ["limits", "memory"], "or": ["limits", "memory"]},
]

deny contains {"msg": msg, "about": about, "path": path_of(item)} if {
	some item in workloads.containers
	missing := [concat(".", one.field) |
		some one in required
		not is_set(item.container, one)
		not is_set(workloads.pod_spec, one)
	]
	count(missing) > 0
	about := {"container": item.name, "missing": missing}
	msg := sprintf("container %s has no resources.%s", [about.container, concat(", resources.", about.missing)])
}

is_set(owner, one) if {
	some field in [one.field, one.or]
	not object.get(workloads.object_at(owner, ["resources"]), field, null) in {null, ""}
}

path_of(item) := array.concat(item.path, ["resources"]) if {
	is_object(item.container.resources)
} else := item.path
