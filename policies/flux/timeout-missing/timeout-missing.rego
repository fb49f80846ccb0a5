# METADATA
# title: Kustomization that waits without timeout
# description: >-
#   A Kustomization that waits for health without `timeout` waits as long as its `interval`:
#   one workload that does not start keeps the next commit from being applied for as long,
#   and the alert comes late. Asked of Kustomizations with `wait` or `healthChecks`.
# related_resources:
# - https://fluxcd.io/flux/components/kustomize/kustomizations/#timeout
# custom:
#   severity: warning
#   default: "off"
package hydrant.flux.timeout_missing

import data.hydrant.lib.facts
import data.hydrant.lib.kustomizations

default interval := null

interval := facts.of(input.spec.interval)

deny contains {"msg": msg, "about": about, "path": ["spec"]} if {
	kustomizations.is_kustomization
	kustomizations.checks_health
	not input.spec.timeout
	about := {"name": facts.name, "interval": interval}
	msg := sprintf("%s waits for health as long as %s; set a timeout", [kustomizations.subject(about), how_long(about)])
}

how_long(about) := "its interval" if {
	about.interval == null
} else := about.interval
