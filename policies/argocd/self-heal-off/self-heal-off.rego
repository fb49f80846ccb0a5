# METADATA
# title: Automated sync without self-healing
# description: >-
#   Where sync is automated but `selfHeal` is off, a manual change in the cluster stays
#   until the next commit: the cluster drifts from Git.
# related_resources:
# - https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/#automatic-self-healing
# custom:
#   severity: warning
#   default: "off"
package hydrant.argocd.self_heal_off

import data.hydrant.lib.applications

deny contains {"msg": msg, "about": about, "path": path} if {
	automated := applications.automated
	not automated.selfHeal
	path := array.concat(applications.automated_path, [field | some field in ["selfHeal"]; is_boolean(automated[field])])
	about := applications.named
	msg := sprintf("%s syncs by itself, but does not undo manual changes; set selfHeal: true", [applications.subject(about)])
}
