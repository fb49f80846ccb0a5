package hydrant.flux.timeout_missing_test

import data.hydrant.flux.timeout_missing

kustomization(spec) := {
	"apiVersion": "kustomize.toolkit.fluxcd.io/v1",
	"kind": "Kustomization",
	"metadata": {"name": "app"},
	"spec": spec,
}

bootstrap(spec) := object.union(kustomization(spec), {"metadata": {"name": "flux-system", "namespace": "flux-system"}})

production := {"environment": "production"}

test_denies_none if {
	timeout_missing.deny == {{
		"msg": "Kustomization app waits for health as long as 1h; set a timeout",
		"about": {"name": "app", "interval": "1h"},
		"path": ["spec"],
	}} with input as kustomization({"wait": true, "interval": "1h"})
}

test_allows_a_timeout if count(timeout_missing.deny) == 0 with input as kustomization({"wait": true, "timeout": "5m"})

test_allows_what_does_not_wait if count(timeout_missing.deny) == 0 with input as kustomization({"interval": "1h"})

test_allows_what_bootstrap_writes if count(timeout_missing.deny) == 0 with input as bootstrap({"wait": true})
