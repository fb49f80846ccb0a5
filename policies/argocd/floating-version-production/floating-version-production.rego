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
package hydrant.argocd.floating_version_production

import data.hydrant.lib.applications
import data.hydrant.lib.revisions

deny contains {"msg": msg, "path": path_of(one)} if {
	applications.for_production
	some one in applications.sources
	is_string(one.source.repoURL)
	not revisions.is_own(one.source.repoURL)
	revision := object.get(one.source, "targetRevision", "")
	moved := what_moves(one.source, revision)
	msg := sprintf("%s deploys to production %s of %s, which changes without a commit here", [applications.the_kind, moved, named(one.source)])
}

what_moves(source, revision) := "the newest version" if {
	is_chart(source)
	revision in {"", "*"}
} else := sprintf("versions %s", [revision]) if {
	is_chart(source)
	revisions.moves_in_registry(revision)
} else := "the default branch" if {
	not is_chart(source)
	revision in {"", "HEAD"}
} else := sprintf("the revision %s", [revision]) if {
	not is_chart(source)
	not startswith(source.repoURL, "oci://")
	revisions.moves_in_git(revision)
}

is_chart(source) if object.get(source, "chart", "") != ""

named(source) := source.chart if {
	is_chart(source)
} else := source.repoURL

path_of(one) := array.concat(one.path, ["targetRevision"]) if {
	is_string(one.source.targetRevision)
} else := one.path
