# METADATA
# title: Automated pruning in production
# description: >-
#   An Application that prunes by itself deletes from production whatever leaves Git, a
#   moved folder's resources included. Sync production by hand, or leave `prune` off.
#   Production is told by the target's environment, or by the name of the source's folder,
#   the destination's namespace or cluster.
# related_resources:
# - https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/#automatic-pruning
# custom:
#   severity: warning
package hydrant.argocd.automated_prune_production

import data.hydrant.lib.applications
import data.hydrant.lib.environments

deny contains {"msg": msg, "path": array.concat(applications.automated_path, ["prune"])} if {
	applications.automated.prune == true
	for_production
	msg := sprintf("%s deletes from production by itself what leaves Git", [applications.subject])
}

for_production if environments.production

for_production if environments.is_production(applications.spec.source.path)

for_production if {
	some source in applications.spec.sources
	environments.is_production(source.path)
}

for_production if environments.is_production(applications.spec.destination.namespace)

for_production if environments.is_production(applications.spec.destination.name)
