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

daemon(kind, volumes, mount) := {"apiVersion": "apps/v1", "kind": kind, "spec": {"template": {"spec": {
	"volumes": volumes,
	"containers": [{
		"name": "plugin",
		"image": "shop/plugin:1",
		"securityContext": {"privileged": true},
		"volumeMounts": [object.union({"name": "v", "mountPath": "/v"}, mount)],
	}],
}}}}

of_node(path) := [{"name": "v", "hostPath": {"path": path}}]

test_allows_what_works_on_the_node if {
	every path in ["/dev", "/var/lib/kubelet/plugins/csi.example.com/", "/etc/cni/net.d"] {
		count(privileged.deny) == 0 with input as daemon("DaemonSet", of_node(path), {})
	}
}

test_allows_mounts_for_others if {
	count(privileged.deny) == 0 with input as daemon("DaemonSet", [], {"mountPropagation": "Bidirectional"})
}

test_denies_other_folders if {
	every path in ["/", "/devices", "/home", "/var/lib"] {
		count(privileged.deny) == 1 with input as daemon("DaemonSet", of_node(path), {})
	}
}

test_denies_what_is_not_on_every_node if {
	count(privileged.deny) == 1 with input as daemon("Deployment", of_node("/dev"), {})
}
