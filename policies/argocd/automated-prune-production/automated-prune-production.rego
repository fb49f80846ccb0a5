# METADATA
# title: Automated pruning in production
# description: >-
#   An Application that prunes by itself deletes from production whatever leaves Git, a moved
#   folder's resources included. Sync production by hand, or leave `prune` off.
# related_resources:
# - https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/#automatic-pruning
# custom:
#   severity: warning
package hydrant.argocd.automated_prune_production

import data.hydrant.lib.workloads

deny contains {"msg": msg, "path": ["spec", "syncPolicy", "automated", "prune"]} if {
	input.kind == "Application"
	startswith(input.apiVersion, "argoproj.io/")
	input.spec.syncPolicy.automated.prune == true
	for_production
	msg := sprintf("Application %s deletes from production by itself what leaves Git", [input.metadata.name])
}

for_production if workloads.production

for_production if regex.match(`(^|[-/])prod(uction)?([-/]|$)`, input.spec.source.path)

for_production if regex.match(`(^|-)prod(uction)?(-|$)`, input.spec.destination.namespace)
