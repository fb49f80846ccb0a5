package hydrant.security.privileged_test

import data.hydrant.security.privileged

cron_job(context) := {
	"apiVersion": "batch/v1",
	"kind": "CronJob",
	"spec": {"jobTemplate": {"spec": {"template": {"spec": {"containers": [{
		"name": "app",
		"securityContext": context,
	}]}}}}},
}

test_denies_privileged if {
	privileged.deny == {{
		"msg": "container app is privileged",
		"about": {"container": "app"},
		"path": ["spec", "jobTemplate", "spec", "template", "spec", "containers", 0, "securityContext", "privileged"],
	}} with input as cron_job({"privileged": true})
}

test_allows_false if count(privileged.deny) == 0 with input as cron_job({"privileged": false})

test_allows_no_context if count(privileged.deny) == 0 with input as cron_job(null)

agents := {"apiVersion": "apps/v1", "kind": "DaemonSet", "spec": {"template": {"spec": {"containers": [
	{"name": "agent", "image": "quay.io/cilium/cilium:v1.18.0@sha256:00", "securityContext": {"privileged": true}},
	{"name": "extra", "image": "shop/extra:1", "securityContext": {"privileged": true}},
]}}}}

test_denies_only_what_stands_beside_a_network_plugin if {
	{result.about.container | some result in privileged.deny} == {"extra"} with input as agents
}
