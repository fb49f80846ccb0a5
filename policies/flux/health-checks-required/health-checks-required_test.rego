package hydrant.flux.health_checks_required_test

import data.hydrant.flux.health_checks_required

kustomization(spec) := {
	"apiVersion": "kustomize.toolkit.fluxcd.io/v1",
	"kind": "Kustomization",
	"metadata": {"name": "app"},
	"spec": object.union({"path": "./app", "prune": true}, spec),
}

test_denies_none if {
	health_checks_required.deny == {{
		"msg": "Kustomization app is ready as soon as it is applied; set wait: true or name healthChecks",
		"about": {"name": "app"},
		"path": ["spec"],
	}} with input as kustomization({})
}

test_denies_an_empty_list if count(health_checks_required.deny) == 1 with input as kustomization({"healthChecks": []})

test_allows_waiting if count(health_checks_required.deny) == 0 with input as kustomization({"wait": true})

test_allows_health_checks if {
	checks := [{"apiVersion": "apps/v1", "kind": "Deployment", "name": "app"}]
	count(health_checks_required.deny) == 0 with input as kustomization({"healthChecks": checks})
}

test_allows_a_kustomization_of_kustomize if {
	count(health_checks_required.deny) == 0 with input as {"apiVersion": "kustomize.config.k8s.io/v1beta1", "kind": "Kustomization"}
}

test_allows_what_another_rule_finds if {
	count(health_checks_required.deny) == 0 with input as kustomization({})
		with data.hydrant.target as {"environment": "production"}
}

test_allows_what_bootstrap_writes if {
	bootstrap := object.union(kustomization({}), {"metadata": {"name": "flux-system", "namespace": "flux-system"}})
	count(health_checks_required.deny) == 0 with input as bootstrap
}
