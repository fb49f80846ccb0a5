# METADATA
# title: Container without probes
# description: >-
#   Without a readiness probe a pod gets traffic before it can answer; without a liveness
#   probe one that hangs is never restarted; and an operator's health check says healthy of
#   both. Asked of the containers of Deployments, StatefulSets, DaemonSets and Rollouts.
# related_resources:
# - https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
# custom:
#   severity: warning
#   default: "off"
package hydrant.containers.probes_required

import data.hydrant.lib.workloads

deny contains {"msg": msg, "about": about, "path": item.path} if {
	workloads.serving
	some item in workloads.containers
	"containers" in item.path
	missing := [probe | some probe in ["readinessProbe", "livenessProbe"]; not has_mapping(item.container, probe)]
	count(missing) > 0
	about := {"container": item.name, "missing": missing}
	msg := sprintf("container %s has no %s", [about.container, concat(" and no ", about.missing)])
}

has_mapping(container, field) if is_object(container[field])
