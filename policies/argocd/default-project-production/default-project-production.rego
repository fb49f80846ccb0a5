# METADATA
# title: Application of production in the project default
# description: >-
#   The project `default` allows every source, every cluster and every kind of resource. An
#   Application of production belongs in a project that names its own, so that a mistaken or
#   malicious commit reaches no further. Production is told by the target's environment, or
#   by the name of the source's folder, the destination's namespace or cluster.
# related_resources:
# - https://argo-cd.readthedocs.io/en/stable/user-guide/projects/#the-default-project
# custom:
#   severity: warning
#   default: "off"
package hydrant.argocd.default_project_production

import data.hydrant.lib.applications

deny contains {"msg": msg, "about": about, "path": path} if {
	applications.for_production
	applications.spec_path
	object.get(applications.spec, "project", "") in {"", "default"}
	path := array.concat(applications.spec_path, [field | some field in ["project"]; is_string(applications.spec[field])])
	about := applications.of_kind
	msg := sprintf("%s deploys to production from the project default, which allows everything", [applications.the_kind(about)])
}
