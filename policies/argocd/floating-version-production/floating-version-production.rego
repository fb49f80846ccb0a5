# METADATA
# title: Application of production that follows what moves
# description: >-
#   An Application that follows a branch or `HEAD` of another repository, or a range of
#   chart versions, changes production without a commit here: nobody reviewed it, and
#   nothing can be rolled back in Git. Name a tag, a commit or a version. A branch of the
#   repository under review itself is not judged, because what changes there was reviewed
#   (`repository.urls` in `.hydrant.yaml` tells its addresses). Production is told by the
#   target's environment, or by the name of the source's folder, the destination's namespace
#   or cluster.
# related_resources:
# - https://argo-cd.readthedocs.io/en/stable/user-guide/tracking_strategies/
# custom:
#   severity: warning
#   default: "off"
package hydrant.argocd.floating_version_production

import data.hydrant.lib.applications
import data.hydrant.lib.facts
import data.hydrant.lib.revisions

deny contains {"msg": msg, "about": about, "path": path_of(one)} if {
	applications.for_production
	some one in applications.sources
	is_string(one.source.repoURL)
	not revisions.is_own(one.source.repoURL)
	revision := moving(one.source, object.get(one.source, "targetRevision", ""))
	about := object.union(origin(one.source), {"kind": input.kind, "revision": revision})
	msg := sprintf("%s deploys to production %s of %s, which changes without a commit here", [applications.the_kind(about), what_moves(about), whose(about)])
}

# The revision if it moves: null is the newest version, or the default branch.
moving(source, revision) := null if {
	is_chart(source)
	revision in {"", "*"}
} else := revision if {
	is_chart(source)
	revisions.moves_in_registry(revision)
} else := null if {
	not is_chart(source)
	revision in {"", "HEAD"}
} else := revision if {
	not is_chart(source)
	not startswith(source.repoURL, "oci://")
	revisions.moves_in_git(revision)
}

is_chart(source) if object.get(source, "chart", "") != ""

origin(source) := {"chart": facts.of(source.chart), "repository": null} if {
	is_chart(source)
} else := {"chart": null, "repository": source.repoURL}

what_moves(about) := "the newest version" if {
	about.chart != null
	about.revision == null
} else := sprintf("versions %s", [about.revision]) if {
	about.chart != null
} else := "the default branch" if {
	about.revision == null
} else := sprintf("the revision %s", [about.revision])

whose(about) := about.repository if {
	about.chart == null
} else := about.chart

path_of(one) := array.concat(one.path, ["targetRevision"]) if {
	is_string(one.source.targetRevision)
} else := one.path
