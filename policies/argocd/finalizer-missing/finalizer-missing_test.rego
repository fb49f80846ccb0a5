package hydrant.argocd.finalizer_missing_test

import data.hydrant.argocd.finalizer_missing

application(spec) := {
	"apiVersion": "argoproj.io/v1alpha1",
	"kind": "Application",
	"metadata": {"name": "app"},
	"spec": spec,
}

set(spec) := {
	"apiVersion": "argoproj.io/v1alpha1",
	"kind": "ApplicationSet",
	"metadata": {"name": "apps"},
	"spec": {"template": {"spec": spec}},
}

production := {"environment": "production"}

pruning := application({"syncPolicy": {"automated": {"prune": true}}})

with_finalizer(finalizer) := object.union(pruning, {"metadata": {"finalizers": [finalizer]}})

test_denies_none if {
	finalizer_missing.deny == {{
		"msg": "deleting the Application would leave its resources in the cluster; if they should go with it, add the finalizer resources-finalizer.argocd.argoproj.io",
		"about": {"kind": "Application"},
		"path": ["metadata"],
	}} with input as pruning
}

test_allows_the_finalizer if {
	every suffix in ["", "/background", "/foreground"] {
		finalizer := concat("", ["resources-finalizer.argocd.argoproj.io", suffix])
		count(finalizer_missing.deny) == 0 with input as with_finalizer(finalizer)
	}
}

test_allows_what_does_not_prune if count(finalizer_missing.deny) == 0 with input as application({"syncPolicy": {"automated": {}}})

test_allows_application_sets if count(finalizer_missing.deny) == 0 with input as set({"syncPolicy": {"automated": {"prune": true}}})
