package hydrant.argocd.self_heal_off_test

import data.hydrant.argocd.self_heal_off

application(policy) := {
	"apiVersion": "argoproj.io/v1alpha1",
	"kind": "Application",
	"metadata": {"name": "app"},
	"spec": {"syncPolicy": policy},
}

test_denies_automated_without_self_heal if {
	self_heal_off.deny == {{
		"msg": "Application app syncs by itself, but does not undo manual changes; set selfHeal: true",
		"about": {"kind": "Application", "name": "app"},
		"path": ["spec", "syncPolicy", "automated"],
	}} with input as application({"automated": {}})
}

test_denies_self_heal_that_is_off if {
	{result.path | some result in self_heal_off.deny} == {["spec", "syncPolicy", "automated", "selfHeal"]} with input as application({"automated": {"selfHeal": false}})
}

test_allows_self_heal if count(self_heal_off.deny) == 0 with input as application({"automated": {"selfHeal": true}})

test_allows_manual_sync if count(self_heal_off.deny) == 0 with input as application({"retry": {"limit": 5}})

test_allows_automation_that_is_off if {
	count(self_heal_off.deny) == 0 with input as application({"automated": {"enabled": false}})
}
