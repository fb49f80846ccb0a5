package hydrant.structure.monolith_test

import data.hydrant.structure.monolith

workloads(size) := [{"path": "a", "contents": {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": sprintf("app-%d", [number])}}} |
	some number in numbers.range(1, size)
]

test_denies_more_than_the_settings_say if {
	monolith.deny == {{"msg": "it holds 4 workloads, more than 3: it syncs, fails and is rolled back as one", "about": {"workloads": 4, "limit": 3}}} with input as workloads(4)
		with data.hydrant.settings as {"maxWorkloads": 3}
}

test_allows_as_many_as_the_settings_say if {
	count(monolith.deny) == 0 with input as workloads(3) with data.hydrant.settings as {"maxWorkloads": 3}
}

test_allows_many_resources_of_other_kinds if {
	many := [{"path": "a", "contents": {"apiVersion": "v1", "kind": "ConfigMap"}} | some _ in numbers.range(1, 50)]
	count(monolith.deny) == 0 with input as many with data.hydrant.settings as {"maxWorkloads": 3}
}
