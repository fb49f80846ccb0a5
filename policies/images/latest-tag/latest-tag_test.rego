package hydrant.images.latest_tag_test

import data.hydrant.images.latest_tag

pod(image) := {"kind": "Pod", "spec": {"containers": [{"name": "app", "image": image}]}}

test_latest_is_denied if {
	some result in latest_tag.deny with input as pod("registry.example.com:5000/app:latest")
	result.path == ["spec", "containers", 0, "image"]
}

test_missing_tag_is_denied if {
	count(latest_tag.deny) == 1 with input as pod("registry.example.com:5000/app")
}

test_init_container_is_denied if {
	pod_with_init := {"kind": "Pod", "spec": {"initContainers": [{"name": "init", "image": "app"}]}}
	count(latest_tag.deny) == 1 with input as pod_with_init
}

test_version_is_allowed if {
	count(latest_tag.deny) == 0 with input as pod("registry.example.com:5000/app:1.2.3")
}

test_digest_is_allowed if {
	count(latest_tag.deny) == 0 with input as pod("app@sha256:0123")
}
