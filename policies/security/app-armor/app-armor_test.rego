package hydrant.security.app_armor_test

import data.hydrant.security.app_armor

pod(spec) := {
	"apiVersion": "v1",
	"kind": "Pod",
	"metadata": {"name": "app"},
	"spec": object.union({"containers": [{"name": "app", "image": "app:1"}]}, spec),
}

container(fields) := pod({"containers": [object.union({"name": "app", "image": "app:1"}, fields)]})

profile(type) := {"securityContext": {"appArmorProfile": {"type": type}}}

annotated(value) := object.union(pod({}), {"metadata": {"annotations": {"container.apparmor.security.beta.kubernetes.io/app": value}}})

test_denies_unconfined if {
	app_armor.deny == {{
		"msg": "container app runs without an AppArmor profile; use RuntimeDefault",
		"about": {"container": "app", "profile": null},
		"path": ["spec", "containers", 0, "securityContext", "appArmorProfile", "type"],
	}} with input as container(profile("Unconfined"))
}

test_denies_the_annotation if {
	app_armor.deny == {{
		"msg": "container app has the AppArmor profile unconfined",
		"about": {"container": "app", "profile": "unconfined"},
		"path": ["metadata", "annotations", "container.apparmor.security.beta.kubernetes.io/app"],
	}} with input as annotated("unconfined")
}

test_allows_the_default if count(app_armor.deny) == 0 with input as container(profile("RuntimeDefault"))

test_allows_the_annotation if count(app_armor.deny) == 0 with input as annotated("localhost/app")
