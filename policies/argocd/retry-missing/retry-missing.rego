# METADATA
# title: Automated sync without retries
# description: >-
#   Argo CD tries an automated sync that fails five times within some three minutes, and
#   then not again for the same commit: an API server or a webhook that is away for longer
#   leaves the Application out of sync. `retry` says how often and how long; `limit: 0`
#   switches it off. Asked of Applications that sync by themselves.
# related_resources:
# - https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/#automated-sync-semantics
# - https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/
# custom:
#   severity: warning
#   default: "off"
package hydrant.argocd.retry_missing

import data.hydrant.lib.applications

retry := object.get(applications.spec, ["syncPolicy", "retry"], null)

deny contains {"msg": msg, "about": about, "path": applications.automated_path} if {
	applications.automated
	not is_object(retry)
	about := object.union(applications.of_kind, {"limit": null})
	msg := sprintf("%s says nothing of retries: a sync that fails for some minutes is not tried again; set syncPolicy.retry", [applications.the_kind(about)])
}

deny contains {"msg": msg, "about": about, "path": array.concat(applications.spec_path, ["syncPolicy", "retry", "limit"])} if {
	applications.automated
	retry.limit == 0
	about := object.union(applications.of_kind, {"limit": 0})
	msg := sprintf("%s does not try a failed sync again", [applications.the_kind(about)])
}
