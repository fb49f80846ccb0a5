# METADATA
# title: Target with too many workloads
# description: >-
#   One Application or Kustomization that holds everything is slow to sync, fails as a
#   whole, is rolled back as a whole, and one mistake reaches all of it. Make one for each
#   service, and have a root Application (App of Apps) or an ApplicationSet bring them
#   together. `policies.maxWorkloads` in `.hydrant.yaml` says how many are too many; 30 by
#   default.
# related_resources:
# - https://argo-cd.readthedocs.io/en/stable/operator-manual/cluster-bootstrapping/
# custom:
#   severity: warning
#   default: "off"
#   combine: true
package hydrant.structure.monolith

import data.hydrant.lib.cluster

counted := {"Deployment", "StatefulSet", "DaemonSet", "Rollout", "CronJob"}

deny contains {"msg": msg, "about": about} if {
	size := count([pod | some pod in cluster.pods; pod.contents.kind in counted])
	limit := data.hydrant.settings.maxWorkloads
	size > limit
	about := {"workloads": size, "limit": limit}
	msg := sprintf("it holds %d workloads, more than %d: it syncs, fails and is rolled back as one", [about.workloads, about.limit])
}
