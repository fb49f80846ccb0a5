package hydrant.flux.release_retries_test

import data.hydrant.flux.release_retries

release(spec) := {
	"apiVersion": "helm.toolkit.fluxcd.io/v2",
	"kind": "HelmRelease",
	"metadata": {"name": "app"},
	"spec": spec,
}

retries := {"remediation": {"retries": 3}}

test_denies_none if {
	release_retries.deny == {{
		"msg": "HelmRelease app is not tried again when its install or upgrade fails; set install.remediation.retries and upgrade.remediation.retries",
		"about": {"name": "app", "missing": ["install", "upgrade"]},
		"path": ["spec"],
	}} with input as release({})
}

test_denies_one_of_them if {
	{result.msg | some result in release_retries.deny} == {"HelmRelease app is not tried again when its upgrade fails; set upgrade.remediation.retries"} with input as release({"install": retries})
}

test_allows_both if count(release_retries.deny) == 0 with input as release({"install": retries, "upgrade": retries})

test_allows_the_strategy if {
	strategy := {"strategy": {"name": "RetryOnFailure"}}
	count(release_retries.deny) == 0 with input as release({"install": strategy, "upgrade": strategy})
}
