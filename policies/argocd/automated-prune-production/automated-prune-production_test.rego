package hydrant.argocd.automated_prune_production_test

import data.hydrant.argocd.automated_prune_production

application(path, automated) := {
	"apiVersion": "argoproj.io/v1alpha1",
	"kind": "Application",
	"metadata": {"name": "app"},
	"spec": spec(path, automated),
}

spec(path, automated) := {
	"source": {"path": path},
	"destination": {"namespace": "app"},
	"syncPolicy": {"automated": automated},
}

in_production := application("apps/overlays/production", {"prune": true})

test_denies_prune_in_production if {
	automated_prune_production.deny == {{
		"msg": "Application app deletes from production by itself what leaves Git",
		"about": {"kind": "Application", "name": "app"},
		"path": ["spec", "syncPolicy", "automated", "prune"],
	}} with input as in_production
}

test_denies_where_the_target_is_production if {
	count(automated_prune_production.deny) == 1 with input as application("apps/a", {"prune": true})
		with data.hydrant.target.environment as "production"
}

test_denies_where_the_namespace_is_production if {
	to := {"spec": {"destination": {"namespace": "shop-prod"}}}
	count(automated_prune_production.deny) == 1 with input as object.union(application("apps/a", {"prune": true}), to)
}

test_denies_in_an_application_set if {
	set := {
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "ApplicationSet",
		"metadata": {"name": "all"},
		"spec": {"template": {"spec": spec("apps/prod", {"prune": true})}},
	}
	automated_prune_production.deny == {{
		"msg": "ApplicationSet all deletes from production by itself what leaves Git",
		"about": {"kind": "ApplicationSet", "name": "all"},
		"path": ["spec", "template", "spec", "syncPolicy", "automated", "prune"],
	}} with input as set
}

test_allows_what_is_confirmed if {
	confirmed := {"spec": {"syncPolicy": {"automated": {"prune": true}, "syncOptions": ["Prune=confirm"]}}}
	count(automated_prune_production.deny) == 0 with input as object.union(in_production, confirmed)
}

test_allows_no_prune if {
	count(automated_prune_production.deny) == 0 with input as application("apps/overlays/production", {"prune": false})
}

test_allows_what_is_switched_off if {
	off := application("apps/overlays/production", {"prune": true, "enabled": false})
	count(automated_prune_production.deny) == 0 with input as off
}

test_allows_elsewhere if {
	count(automated_prune_production.deny) == 0 with input as application("apps/overlays/reproduce", {"prune": true})
}

test_allows_where_the_target_has_no_environment if {
	count(automated_prune_production.deny) == 0 with input as application("apps/a", {"prune": true})
		with data.hydrant.target.environment as null
}
