package hydrant.security.privileged_test

import data.hydrant.security.privileged

cron_job(context) := {"kind": "CronJob", "spec": {"jobTemplate": {"spec": {"template": {"spec": {"containers": [{
	"name": "app",
	"securityContext": context,
}]}}}}}}

test_privileged_is_denied if {
	some result in privileged.deny with input as cron_job({"privileged": true})
	result.path == ["spec", "jobTemplate", "spec", "template", "spec", "containers", 0, "securityContext", "privileged"]
}

test_unprivileged_is_allowed if {
	count(privileged.deny) == 0 with input as cron_job({"privileged": false})
}
