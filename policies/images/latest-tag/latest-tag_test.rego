package hydrant.images.latest_tag_test

import data.hydrant.images.latest_tag

pod(image) := {"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "app", "image": image}]}}

test_denies_latest if {
	latest_tag.deny == {{
		"msg": "container app uses registry.example.com:5000/app:latest, whose tag is not fixed; name a version or a digest",
		"about": {"container": "app", "image": "registry.example.com:5000/app:latest"},
		"path": ["spec", "containers", 0, "image"],
	}} with input as pod("registry.example.com:5000/app:latest")
}

test_denies_no_tag_behind_a_port if {
	count(latest_tag.deny) == 1 with input as pod("registry.example.com:5000/app")
}

test_denies_in_an_init_container if {
	pod_with_init := {"apiVersion": "v1", "kind": "Pod", "spec": {"initContainers": [{"name": "init", "image": "app"}]}}
	{result.path | some result in latest_tag.deny} == {["spec", "initContainers", 0, "image"]} with input as pod_with_init
}

test_denies_auto_where_nothing_is_injected if count(latest_tag.deny) == 1 with input as pod("auto")

test_allows_a_version if count(latest_tag.deny) == 0 with input as pod("registry.example.com:5000/app:1.2.3")

test_allows_a_digest if count(latest_tag.deny) == 0 with input as pod("app@sha256:0123")

test_allows_a_flux_variable if count(latest_tag.deny) == 0 with input as pod("${IMAGE}")

test_allows_an_injected_proxy if {
	gateway := object.union(pod("auto"), {"metadata": {"annotations": {"inject.istio.io/templates": "gateway"}}})
	count(latest_tag.deny) == 0 with input as gateway
}

test_allows_what_does_nothing if count(latest_tag.deny) == 0 with input as pod("registry.k8s.io/pause")

test_denies_what_is_only_named_alike if count(latest_tag.deny) == 1 with input as pod("registry.example.com/pause/app")
