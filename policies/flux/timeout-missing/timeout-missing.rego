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
package hydrant.flux.timeout_missing

import data.hydrant.lib.kustomizations

deny contains {"msg": msg, "path": ["spec"]} if {
	kustomizations.is_kustomization
	kustomizations.checks_health
	not input.spec.timeout
	interval := object.get(input, ["spec", "interval"], "its interval")
	msg := sprintf("Kustomization %s waits for health as long as %s; set a timeout", [kustomizations.name, interval])
}
