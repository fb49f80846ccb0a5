# METADATA
# title: Automated sync without self-healing
# description: >-
#   Where sync is automated but `selfHeal` is off, a manual change in the cluster stays until
#   the next commit: the cluster drifts from Git.
# related_resources:
# - https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/#automatic-self-healing
# custom:
#   severity: warning
package hydrant.argocd.self_heal_off

deny contains {"msg": msg, "path": ["spec", "syncPolicy", "automated"]} if {
	input.kind == "Application"
	startswith(input.apiVersion, "argoproj.io/")
	is_object(input.spec.syncPolicy.automated)
	not input.spec.syncPolicy.automated.selfHeal
	msg := sprintf("Application %s syncs by itself, but does not undo manual changes; set selfHeal: true", [input.metadata.name])
}
