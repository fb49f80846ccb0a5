# METADATA
# title: Automated pruning in production
# description: >-
#   An Application that prunes by itself deletes from production whatever leaves Git, a
#   moved folder's resources included. Sync production by hand, leave `prune` off, or have it
#   confirmed (`Prune=confirm` among the `syncOptions`).
#   Production is told by the target's environment, or by the name of the source's folder,
#   the destination's namespace or cluster.
# related_resources:
# - https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/#automatic-pruning
# custom:
#   severity: warning
#   default: "off"
package hydrant.argocd.automated_prune_production

import data.hydrant.lib.applications

deny contains {"msg": msg, "about": about, "path": array.concat(applications.automated_path, ["prune"])} if {
	applications.automated.prune == true
	applications.for_production
	not is_asked_first
	about := applications.named
	msg := sprintf("%s deletes from production by itself what leaves Git", [applications.subject(about)])
}

# https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#resource-pruning-with-confirmation
is_asked_first if {
	some option in applications.spec.syncPolicy.syncOptions
	option in {"Prune=confirm", "Prune=false"}
}
