package hydrant.argocd.default_project_production_test

import data.hydrant.argocd.default_project_production

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

test_denies_the_default_project if {
	default_project_production.deny == {{
		"msg": "the Application deploys to production from the project default, which allows everything",
		"about": {"kind": "Application"},
		"path": ["spec", "project"],
	}} with input as application({"project": "default"}) with data.hydrant.target as production
}

test_denies_none_by_the_folder if {
	{result.path | some result in default_project_production.deny} == {["spec"]} with input as application({"source": {"path": "apps/production"}})
}

test_denies_in_an_application_set if {
	{result.path | some result in default_project_production.deny} == {["spec", "template", "spec", "project"]} with input as set({
		"project": "default",
		"destination": {"name": "prod-eu"},
	})
}

test_allows_its_own if {
	count(default_project_production.deny) == 0 with input as application({"project": "shop"}) with data.hydrant.target as production
}

test_allows_default_elsewhere if {
	count(default_project_production.deny) == 0 with input as application({"project": "default", "source": {"path": "apps/staging"}})
}

test_allows_other_kinds if {
	count(default_project_production.deny) == 0 with input as {"apiVersion": "v1", "kind": "Pod"} with data.hydrant.target as production
}
