package hydrant.images.digest_in_production_test

import data.hydrant.images.digest_in_production

pod(spec) := {
	"apiVersion": "v1",
	"kind": "Pod",
	"metadata": {"name": "app"},
	"spec": object.union({"containers": [{"name": "app", "image": "app:1"}]}, spec),
}

container(fields) := pod({"containers": [object.union({"name": "app", "image": "app:1"}, fields)]})

production := {"environment": "production"}

digest := concat("", ["app@sha256:", concat("", ["0" | some _ in numbers.range(1, 64)])])

test_denies_a_tag_in_production if {
	digest_in_production.deny == {{
		"msg": "container app takes app by its tag, which may be pushed again; add the digest",
		"about": {"container": "app", "image": "app"},
		"path": ["spec", "containers", 0, "image"],
	}} with input as pod({}) with data.hydrant.target as production
}

test_allows_a_digest if {
	count(digest_in_production.deny) == 0 with input as container({"image": digest}) with data.hydrant.target as production
}

test_allows_a_tag_elsewhere if {
	count(digest_in_production.deny) == 0 with input as pod({}) with data.hydrant.target as {"environment": "staging"}
}

test_allows_what_another_rule_finds if {
	count(digest_in_production.deny) == 0 with input as container({"image": "app:latest"}) with data.hydrant.target as production
}

test_allows_what_is_filled_in_later if {
	count(digest_in_production.deny) == 0 with input as container({"image": "app:${tag}"}) with data.hydrant.target as production
}
