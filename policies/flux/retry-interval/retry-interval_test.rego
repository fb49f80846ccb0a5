package hydrant.flux.retry_interval_test

import data.hydrant.flux.retry_interval

kustomization(spec) := {
	"apiVersion": "kustomize.toolkit.fluxcd.io/v1",
	"kind": "Kustomization",
	"metadata": {"name": "app"},
	"spec": spec,
}

bootstrap(spec) := object.union(kustomization(spec), {"metadata": {"name": "flux-system", "namespace": "flux-system"}})

production := {"environment": "production"}

test_denies_a_long_interval if {
	retry_interval.deny == {{
		"msg": "Kustomization app is tried again only after 1h0m0s when it fails; set a retryInterval",
		"about": {"name": "app", "interval": "1h0m0s"},
		"path": ["spec", "interval"],
	}} with input as kustomization({"interval": "1h0m0s"})
}

test_allows_a_retry_interval if count(retry_interval.deny) == 0 with input as kustomization({"interval": "1h", "retryInterval": "2m"})

test_allows_a_short_interval if count(retry_interval.deny) == 0 with input as kustomization({"interval": "10m0s"})

test_allows_what_bootstrap_writes if count(retry_interval.deny) == 0 with input as bootstrap({"interval": "1h"})
