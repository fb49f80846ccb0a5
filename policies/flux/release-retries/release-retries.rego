# METADATA
# title: HelmRelease without retries
# description: >-
#   A HelmRelease whose installation or upgrade fails is not tried again until something
#   changes, unless `remediation.retries` says so: a webhook or a registry that is away for
#   a moment leaves it failed. Set `install.remediation.retries` and
#   `upgrade.remediation.retries`, or the strategy `RetryOnFailure`.
# related_resources:
# - https://fluxcd.io/flux/components/helm/helmreleases/#install-remediation
# - https://fluxcd.io/flux/components/helm/helmreleases/#upgrade-remediation
# custom:
#   severity: warning
#   default: "off"
package hydrant.flux.release_retries

import data.hydrant.lib.facts

deny contains {"msg": msg, "about": about, "path": ["spec"]} if {
	startswith(input.apiVersion, "helm.toolkit.fluxcd.io/")
	input.kind == "HelmRelease"
	missing := [action | some action in ["install", "upgrade"]; not is_retried(action)]
	count(missing) > 0
	about := {"name": facts.name, "missing": missing}
	msg := sprintf("HelmRelease %s is not tried again when its %s fails; set %s", [facts.called(about.name), concat(" or ", about.missing), concat(" and ", fields(about))])
}

fields(about) := [sprintf("%s.remediation.retries", [action]) | some action in about.missing]

# Less than 0 is for ever.
is_retried(action) if input.spec[action].remediation.retries != 0

is_retried(action) if input.spec[action].strategy.name == "RetryOnFailure"
