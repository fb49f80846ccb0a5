package hydrant.argocd.retry_missing_test

import data.hydrant.argocd.retry_missing

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

test_denies_none if {
	retry_missing.deny == {{
		"msg": "the Application says nothing of retries: a sync that fails for some minutes is not tried again; set syncPolicy.retry",
		"about": {"kind": "Application", "limit": null},
		"path": ["spec", "syncPolicy", "automated"],
	}} with input as application({"syncPolicy": {"automated": {}}})
}

test_denies_zero if {
	{result.path | some result in retry_missing.deny} == {["spec", "template", "spec", "syncPolicy", "retry", "limit"]} with input as set({"syncPolicy": {
		"automated": {},
		"retry": {"limit": 0},
	}})
}

test_allows_retries if {
	count(retry_missing.deny) == 0 with input as application({"syncPolicy": {"automated": {}, "retry": {"limit": 5}}})
}

test_allows_manual_sync if count(retry_missing.deny) == 0 with input as application({"syncPolicy": {}})
