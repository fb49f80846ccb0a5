# METADATA
# title: Flux prunes production without health checks
# description: >-
#   A Kustomization that prunes production, and calls itself ready as soon as it is applied,
#   deletes what left Git before anyone knows whether what takes its place works. Set `wait:
#   true`, or name `healthChecks`. Production is told by the target's environment.
# related_resources:
# - https://fluxcd.io/flux/components/kustomize/kustomizations/#prune
# - https://fluxcd.io/flux/components/kustomize/kustomizations/#health-checks
# custom:
#   severity: warning
#   default: "off"
package hydrant.flux.prune_production

import data.hydrant.lib.environments
import data.hydrant.lib.facts
import data.hydrant.lib.kustomizations

deny contains {"msg": msg, "about": about, "path": ["spec", "prune"]} if {
	environments.production
	kustomizations.is_kustomization
	input.spec.prune == true
	not kustomizations.checks_health
	about := {"name": facts.name}
	msg := sprintf("%s prunes production without a health check; set wait: true or name healthChecks", [kustomizations.subject(about)])
}
