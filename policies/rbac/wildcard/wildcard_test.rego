package hydrant.rbac.wildcard_test

import data.hydrant.rbac.wildcard

role(rule) := {"kind": "ClusterRole", "rules": [{"verbs": ["get"], "resources": ["pods"]}, rule]}

test_wildcards_are_denied if {
	results := wildcard.deny with input as role({"verbs": ["*"], "resources": ["*"]})
	{result.path | some result in results} == {["rules", 1, "verbs"], ["rules", 1, "resources"]}
}

test_names_are_allowed if {
	count(wildcard.deny) == 0 with input as role({"verbs": ["list"], "resources": ["secrets"]})
}
