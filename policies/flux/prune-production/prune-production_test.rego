package hydrant.flux.prune_production_test

import data.hydrant.flux.prune_production

kustomization(spec) := {
	"apiVersion": "kustomize.toolkit.fluxcd.io/v1",
	"kind": "Kustomization",
	"metadata": {"name": "app"},
	"spec": spec,
}

bootstrap(spec) := object.union(kustomization(spec), {"metadata": {"name": "flux-system", "namespace": "flux-system"}})

production := {"environment": "production"}

test_denies_in_production if {
	prune_production.deny == {{
		"msg": "Kustomization app prunes production without a health check; set wait: true or name healthChecks",
		"about": {"name": "app"},
		"path": ["spec", "prune"],
	}} with input as kustomization({"prune": true}) with data.hydrant.target as production
}

test_allows_health_checks if {
	count(prune_production.deny) == 0 with input as kustomization({"prune": true, "wait": true}) with data.hydrant.target as production
}

test_allows_elsewhere if count(prune_production.deny) == 0 with input as kustomization({"prune": true})

test_allows_no_prune if count(prune_production.deny) == 0 with input as kustomization({"prune": false}) with data.hydrant.target as production

test_allows_what_bootstrap_writes if count(prune_production.deny) == 0 with input as bootstrap({"prune": true}) with data.hydrant.target as production
