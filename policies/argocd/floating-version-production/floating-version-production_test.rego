package hydrant.argocd.floating_version_production_test

import data.hydrant.argocd.floating_version_production

application(spec) := {
	"apiVersion": "argoproj.io/v1alpha1",
	"kind": "Application",
	"metadata": {"name": "app"},
	"spec": spec,
}

set(spec) := {
	"apiVersion": "argoproj.io/v1alpha1",
	"kind": "ApplicationSet",
	"metadata": {"name": "apps"},
	"spec": {"template": {"spec": spec}},
}

production := {"environment": "production"}

git(revision) := application({"source": {"repoURL": "https://example.com/app.git", "targetRevision": revision}})

chart(version) := application({"source": {"repoURL": "https://example.com/charts", "chart": "app", "targetRevision": version}})

test_denies_a_branch if {
	floating_version_production.deny == {{
		"msg": "the Application deploys to production the revision main of https://example.com/app.git, which changes without a commit here",
		"about": {"kind": "Application", "chart": null, "repository": "https://example.com/app.git", "revision": "main"},
		"path": ["spec", "source", "targetRevision"],
	}} with input as git("main") with data.hydrant.target as production
}

test_denies_the_default_branch if {
	some revision in ["", "HEAD"]
	count(floating_version_production.deny) == 1 with input as git(revision) with data.hydrant.target as production
}

test_denies_ranges_of_charts if {
	every version in ["", "*", "1.x", "1.2.x", "^1.0.0", "~1.2", ">=1.0.0", ">=1.0.0 <2.0.0", "1", "1.2", "1.0.0 - 2.0.0"] {
		count(floating_version_production.deny) == 1 with input as chart(version) with data.hydrant.target as production
	}
}

test_denies_one_of_several if {
	sources := [
		{"repoURL": "https://example.com/app.git", "targetRevision": "v1.0.0"},
		{"repoURL": "https://example.com/app.git", "ref": "values"},
	]
	{result.path | some result in floating_version_production.deny} == {["spec", "template", "spec", "sources", 1]} with input as set({"sources": sources})
		with data.hydrant.target as production
}

test_allows_tags_and_commits if {
	every revision in ["v1.2.3", "1.2.3", "release-2026-01", "a1b2c3d4e5f60718293a4b5c6d7e8f9012345678", "refs/tags/v1"] {
		count(floating_version_production.deny) == 0 with input as git(revision) with data.hydrant.target as production
	}
}

test_allows_versions_of_charts if {
	every version in ["1.2.3", "v1.2.3", "1.2.3-rc.1", "1.2.3+build.5"] {
		count(floating_version_production.deny) == 0 with input as chart(version) with data.hydrant.target as production
	}
}

test_allows_the_repository_itself if {
	count(floating_version_production.deny) == 0 with input as git("main")
		with data.hydrant.target as production
		with data.hydrant.repository.addresses as ["example.com/app"]
}

test_allows_a_branch_elsewhere if count(floating_version_production.deny) == 0 with input as git("main") with data.hydrant.target as {"environment": "staging"}

test_allows_what_a_generator_fills_in if {
	count(floating_version_production.deny) == 0 with input as set({"source": {"repoURL": "{{.url}}", "targetRevision": "{{.revision}}"}})
		with data.hydrant.target as production
}

test_allows_the_repository_however_it_is_written if {
	every url in ["git@example.com:App.git", "ssh://git@example.com:2222/app", "https://token@example.com/app/"] {
		count(floating_version_production.deny) == 0 with input as application({"source": {"repoURL": url}})
			with data.hydrant.target as production
			with data.hydrant.repository.addresses as ["example.com/app"]
	}
}
