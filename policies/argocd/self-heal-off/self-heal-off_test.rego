package hydrant.argocd.self_heal_off_test

import data.hydrant.argocd.self_heal_off

application(policy) := {
	"apiVersion": "argoproj.io/v1alpha1",
	"kind": "Application",
	"metadata": {"name": "app"},
	"spec": {"syncPolicy": policy},
}

test_automated_without_self_heal_is_denied if {
	some result in self_heal_off.deny with input as application({"automated": {"prune": false}})
	result.path == ["spec", "syncPolicy", "automated"]
}

test_self_heal_is_allowed if {
	count(self_heal_off.deny) == 0 with input as application({"automated": {"selfHeal": true}})
}

test_manual_sync_is_allowed if {
	count(self_heal_off.deny) == 0 with input as application({"retry": {"limit": 5}})
}
