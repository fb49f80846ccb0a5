# METADATA
# title: Container without probes
# description: >-
#   Without a readiness probe a pod gets traffic before it can answer; without a liveness
#   probe one that hangs is never restarted; and an operator's health check says healthy of both.
# related_resources:
# - https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
# custom:
#   severity: warning
package hydrant.containers.probes_required

import data.hydrant.lib.workloads

deny contains {"msg": msg, "path": item.path} if {
	workloads.serving
	some item in workloads.containers
	missing := [probe | some probe in ["readinessProbe", "livenessProbe"]; not item.container[probe]]
	count(missing) > 0
	msg := sprintf("container %s has no %s", [item.container.name, concat(" and no ", missing)])
}
