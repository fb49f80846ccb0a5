package hydrant.argocd.automated_prune_production_test

import data.hydrant.argocd.automated_prune_production

application(path, prune) := {
	"apiVersion": "argoproj.io/v1alpha1",
	"kind": "Application",
	"metadata": {"name": "app"},
	"spec": {
		"source": {"path": path},
		"destination": {"namespace": "app"},
		"syncPolicy": {"automated": {"prune": prune}},
	},
}

test_prune_in_production_is_denied if {
	some result in automated_prune_production.deny with input as application("apps/overlays/production", true)
	result.path == ["spec", "syncPolicy", "automated", "prune"]
}

test_the_target_may_say_production if {
	count(automated_prune_production.deny) == 1 with input as application("apps/a", true)
		with data.hydrant.target.environment as "production"
}

test_no_prune_is_allowed if {
	count(automated_prune_production.deny) == 0 with input as application("apps/overlays/production", false)
}

test_elsewhere_is_allowed if {
	count(automated_prune_production.deny) == 0 with input as application("apps/overlays/reproduce", true)
}
