# METADATA
# title: Source of production that moves
# description: >-
#   A branch of another repository, a range of versions, or a tag such as `latest` changes
#   production without a commit here: nobody reviewed it, and nothing can be rolled back in
#   Git. Name a version, a tag, a commit or a digest. A branch of the repository under
#   review itself is not judged, because what changes there was reviewed (`repository.urls`
#   in `.hydrant.yaml` tells its addresses), and neither is a chart in a Git repository or
#   bucket, whose version does not count. Production is told by the target's environment.
# related_resources:
# - https://fluxcd.io/flux/components/helm/helmreleases/#chart-template
# - https://fluxcd.io/flux/components/source/gitrepositories/#reference
# - https://fluxcd.io/flux/components/source/ocirepositories/#reference
# custom:
#   severity: warning
#   default: "off"
package hydrant.flux.floating_version_production

import data.hydrant.lib.environments
import data.hydrant.lib.facts
import data.hydrant.lib.revisions

deny contains {"msg": msg, "about": about, "path": moving.path} if {
	environments.production
	some moving in moving_of(input.kind)
	about := object.union({"kind": input.kind, "name": facts.name}, moving.what)
	msg := sprintf("%s %s brings to production %s, which changes without a commit here", [about.kind, facts.called(about.name), what_moves(about)])
}

# What moves, with its path: versions, a branch or a tag, and its revision, which is null for the
# newest version.
moving_of("HelmRelease") := {{"path": path, "what": what} |
	startswith(input.apiVersion, "helm.toolkit.fluxcd.io/")
	chart := input.spec.chart.spec
	chart.sourceRef.kind == "HelmRepository"
	version := object.get(chart, "version", "")
	what := versions(version)
	path := array.concat(["spec", "chart", "spec"], [field | some field in ["version"]; is_string(chart[field])])
}

moving_of("HelmChart") := {{"path": path, "what": what} |
	is_source
	input.spec.sourceRef.kind == "HelmRepository"
	version := object.get(input.spec, "version", "")
	what := versions(version)
	path := array.concat(["spec"], [field | some field in ["version"]; is_string(input.spec[field])])
}

moving_of("GitRepository") := {{"path": path, "what": what} |
	is_source
	not revisions.is_own(input.spec.url)
	not bootstrapped
	ref := object.get(input.spec, "ref", {})
	what := moving_git(ref)
	path := array.concat(["spec"], [field | some field in ["ref"]; is_object(input.spec[field])])
}

moving_of("OCIRepository") := {{"path": path, "what": what} |
	is_source
	ref := object.get(input.spec, "ref", {})
	what := moving_oci(ref)
	path := array.concat(["spec"], [field | some field in ["ref"]; is_object(input.spec[field])])
}

is_source if startswith(input.apiVersion, "source.toolkit.fluxcd.io/")

# The repository that `flux bootstrap` wrote itself to.
bootstrapped if {
	input.metadata.name == "flux-system"
	object.get(input, ["metadata", "namespace"], "flux-system") == "flux-system"
}

versions(version) := {"moves": "versions", "revision": null} if {
	version in {"", "*"}
} else := {"moves": "versions", "revision": version} if {
	revisions.moves_in_registry(version)
}

# In the order in which Flux takes them: commit, name, semver, tag, branch.
moving_git(ref) := {"moves": "versions", "revision": facts.of(ref.semver)} if {
	not ref.commit
	not ref.name
} else := {"moves": "branch", "revision": facts.of(object.get(ref, "branch", "master"))} if {
	count([field | some field in ["commit", "name", "semver", "tag"]; ref[field]]) == 0
} else := {"moves": "branch", "revision": ref.name} if {
	not ref.commit
	startswith(ref.name, "refs/heads/")
}

moving_oci(ref) := {"moves": "versions", "revision": facts.of(ref.semver)} if {
	not ref.digest
} else := {"moves": "tag", "revision": "latest"} if {
	not ref.digest
	object.get(ref, "tag", "latest") == "latest"
}

what_moves(about) := "the newest version" if {
	about.revision == null
} else := sprintf("the %s %s", [about.moves, about.revision])
