package hydrant.flux.floating_version_production_test

import data.hydrant.flux.floating_version_production

production := {"environment": "production"}

source(kind, spec) := {
	"apiVersion": "source.toolkit.fluxcd.io/v1",
	"kind": kind,
	"metadata": {"name": "app"},
	"spec": spec,
}

release(chart) := {
	"apiVersion": "helm.toolkit.fluxcd.io/v2",
	"kind": "HelmRelease",
	"metadata": {"name": "app"},
	"spec": {"chart": {"spec": object.union({"chart": "app", "sourceRef": {"kind": "HelmRepository"}}, chart)}},
}

git(ref) := source("GitRepository", {"url": "https://example.com/app", "ref": ref})

oci(ref) := source("OCIRepository", {"url": "oci://example.com/app", "ref": ref})

test_denies_a_range_of_chart_versions if {
	floating_version_production.deny == {{
		"msg": "HelmRelease app brings to production the versions 1.x, which changes without a commit here",
		"about": {"kind": "HelmRelease", "name": "app", "moves": "versions", "revision": "1.x"},
		"path": ["spec", "chart", "spec", "version"],
	}} with input as release({"version": "1.x"}) with data.hydrant.target as production
}

test_denies_no_version if {
	{result.path | some result in floating_version_production.deny} == {["spec", "chart", "spec"]} with input as release({}) with data.hydrant.target as production
}

test_denies_a_chart_object if {
	chart := source("HelmChart", {"sourceRef": {"kind": "HelmRepository"}, "version": "*"})
	{result.path | some result in floating_version_production.deny} == {["spec", "version"]} with input as chart with data.hydrant.target as production
}

test_denies_branches if {
	every ref in [{}, {"branch": "main"}, {"name": "refs/heads/main"}, {"semver": ">=1.0.0"}] {
		count(floating_version_production.deny) == 1 with input as git(ref) with data.hydrant.target as production
	}
}

test_denies_tags_that_move if {
	every ref in [{}, {"tag": "latest"}, {"semver": "1.x"}] {
		count(floating_version_production.deny) == 1 with input as oci(ref) with data.hydrant.target as production
	}
}

test_allows_a_version if count(floating_version_production.deny) == 0 with input as release({"version": "1.2.3"}) with data.hydrant.target as production

test_allows_a_chart_in_git if {
	chart := {"sourceRef": {"kind": "GitRepository"}}
	count(floating_version_production.deny) == 0 with input as release(chart) with data.hydrant.target as production
}

test_allows_what_stays if {
	every ref in [{"tag": "v1"}, {"commit": "a", "branch": "main"}, {"name": "refs/tags/v1"}] {
		count(floating_version_production.deny) == 0 with input as git(ref) with data.hydrant.target as production
	}
}

test_allows_tags_and_digests if {
	every ref in [{"tag": "1.2.3"}, {"digest": "sha256:0", "tag": "latest"}] {
		count(floating_version_production.deny) == 0 with input as oci(ref) with data.hydrant.target as production
	}
}

test_allows_the_repository_itself if {
	count(floating_version_production.deny) == 0 with input as git({"branch": "main"})
		with data.hydrant.target as production
		with data.hydrant.repository.addresses as ["example.com/app"]
}

test_allows_elsewhere if count(floating_version_production.deny) == 0 with input as git({"branch": "main"})
