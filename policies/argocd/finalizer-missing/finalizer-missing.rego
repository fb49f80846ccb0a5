# METADATA
# title: Application whose deletion leaves its resources
# description: >-
#   Without the finalizer `resources-finalizer.argocd.argoproj.io`, deleting an Application
#   deletes nothing of what it applied: its resources stay in the cluster, and no Git
#   repository knows of them any more. That may be what you want, for databases for
#   instance; then switch the rule off here. It is told of Applications that prune by
#   themselves, because those leave deleting to Git. ApplicationSets give their Applications
#   the finalizer by themselves.
# related_resources:
# - https://argo-cd.readthedocs.io/en/stable/user-guide/app_deletion/
# custom:
#   severity: warning
#   default: "off"
package hydrant.argocd.finalizer_missing

import data.hydrant.lib.applications

deny contains {"msg": msg, "about": about, "path": ["metadata"]} if {
	input.kind == "Application"
	applications.automated.prune == true
	not has_finalizer
	about := applications.of_kind
	msg := sprintf("deleting %s would leave its resources in the cluster; if they should go with it, add the finalizer resources-finalizer.argocd.argoproj.io", [applications.the_kind(about)])
}

# Also with /background or /foreground behind it.
has_finalizer if {
	some finalizer in input.metadata.finalizers
	startswith(finalizer, "resources-finalizer.argocd.argoproj.io")
}
