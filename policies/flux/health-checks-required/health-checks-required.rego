# METADATA
# title: Kustomization without health checks
# description: >-
#   Without `wait: true` or `healthChecks`, Flux reports a Kustomization ready as soon as it
#   is applied, whatever becomes of its workloads; what depends on it starts too early, and
#   nobody is alerted.
# related_resources:
# - https://fluxcd.io/flux/components/kustomize/kustomizations/#health-checks
# custom:
#   severity: warning
#   default: "off"
package hydrant.flux.health_checks_required

import data.hydrant.lib.environments
import data.hydrant.lib.facts
import data.hydrant.lib.kustomizations

deny contains {"msg": msg, "about": about, "path": ["spec"]} if {
	kustomizations.is_kustomization
	not kustomizations.checks_health
	not prunes_production
	about := {"name": facts.name}
	msg := sprintf("%s is ready as soon as it is applied; set wait: true or name healthChecks", [kustomizations.subject(about)])
}

# Another rule says more of those.
prunes_production if {
	environments.production
	input.spec.prune == true
}
