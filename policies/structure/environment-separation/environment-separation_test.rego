package hydrant.structure.environment_separation_test

import data.hydrant.structure.environment_separation

target(environment, source) := {
	"kind": "Application",
	"path": "apps/shop",
	"environment": environment,
	"source": source,
}

production := {"id": "p", "environment": "production"}

some_resource := [{"path": "apps/shop", "contents": {"apiVersion": "v1", "kind": "Service"}}]

test_denies_one_source_for_two if {
	environment_separation.deny == {{"msg": "production is made from apps/shop with the same inputs as staging, and changes with it; give it an overlay or values of its own"}} with input as some_resource
		with data.hydrant.target as production
		with data.hydrant.targets as {"p": target("production", "a"), "s": target("staging", "a")}
}

test_allows_other_inputs if {
	count(environment_separation.deny) == 0 with input as some_resource
		with data.hydrant.target as production
		with data.hydrant.targets as {"p": target("production", "a"), "s": target("staging", "b")}
}

test_allows_several_of_production if {
	count(environment_separation.deny) == 0 with input as some_resource
		with data.hydrant.target as production
		with data.hydrant.targets as {"p": target("production", "a"), "q": target("prod-eu", "a")}
}

test_allows_the_other_one if {
	count(environment_separation.deny) == 0 with input as some_resource
		with data.hydrant.target as {"id": "s", "environment": "staging"}
		with data.hydrant.targets as {"p": target("production", "a"), "s": target("staging", "a")}
}
