# METADATA
# title: Kustomization that is retried late
# description: >-
#   A Kustomization that fails is tried again after `retryInterval`, and without one after
#   its `interval`. With an interval of more than a quarter of an hour, a short trouble in
#   the cluster leaves it broken for that long. Set `retryInterval: 2m`.
# related_resources:
# - https://fluxcd.io/flux/components/kustomize/kustomizations/#retry-interval
# custom:
#   severity: warning
#   default: "off"
package hydrant.flux.retry_interval

import data.hydrant.lib.facts
import data.hydrant.lib.kustomizations

units := {"h": 3600, "m": 60, "s": 1}

deny contains {"msg": msg, "about": about, "path": ["spec", "interval"]} if {
	kustomizations.is_kustomization
	not input.spec.retryInterval
	interval := input.spec.interval
	seconds(interval) > 900
	about := {"name": facts.name, "interval": interval}
	msg := sprintf("%s is tried again only after %s when it fails; set a retryInterval", [kustomizations.subject(about), about.interval])
}

# Of a duration as Go writes it: 1h, 10m0s, 1h30m.
seconds(duration) := sum([part |
	some text in regex.find_n(`[0-9]+[hms]`, duration, -1)
	size := count(text) - 1
	part := to_number(substring(text, 0, size)) * units[substring(text, size, 1)]
])
