package hydrant.structure.environment_separation_test

import data.hydrant.structure.environment_separation

some_resource := [{"path": "apps/shop", "contents": {"apiVersion": "v1", "kind": "Service"}}]

made_as(environments) := {"kind": "Application", "alike": environments}

test_denies_one_source_for_two if {
	environment_separation.deny == {{"msg": "production is made from apps/shop with the same inputs as staging, and changes with it; give it an overlay or values of its own", "about": {"folder": "apps/shop", "alike": ["staging"]}}} with input as some_resource
		with data.hydrant.target as {"environment": "production"}
		with data.hydrant.near as made_as(["prod-eu", "staging"])
}

test_allows_inputs_of_its_own if {
	count(environment_separation.deny) == 0 with input as some_resource
		with data.hydrant.target as {"environment": "production"}
		with data.hydrant.near as made_as([])
}

test_allows_several_of_production if {
	count(environment_separation.deny) == 0 with input as some_resource
		with data.hydrant.target as {"environment": "production"}
		with data.hydrant.near as made_as(["prod-eu"])
}

test_allows_the_other_one if {
	count(environment_separation.deny) == 0 with input as some_resource
		with data.hydrant.target as {"environment": "staging"}
		with data.hydrant.near as made_as(["production"])
}

test_allows_releases if {
	count(environment_separation.deny) == 0 with input as some_resource
		with data.hydrant.target as {"environment": "production"}
		with data.hydrant.near as {"kind": "HelmRelease", "alike": ["staging"]}
}
