# METADATA
# title: One overlay for several environments
# description: >-
#   An Application or Kustomization of production that is made from the same folder, with
#   the same inputs, as one of another environment changes with it: a commit cannot be tried
#   in staging before it reaches production. Give each environment an overlay, a values
#   file, or a revision of its own. The namespace alone makes no difference.
# related_resources:
# - https://kubectl.docs.kubernetes.io/guides/config_management/components/
# - https://fluxcd.io/flux/guides/repository-structure/
# custom:
#   severity: warning
#   default: "off"
#   combine: true
package hydrant.structure.environment_separation

import data.hydrant.lib.environments

deny contains {"msg": msg, "about": about} if {
	count(input) > 0
	environments.production
	data.hydrant.near.kind in {"Application", "Kustomization"}
	others := [name | some name in data.hydrant.near.alike; not environments.is_production(name)]
	count(others) > 0
	about := {"folder": input[0].path, "alike": others}
	msg := sprintf("production is made from %s with the same inputs as %s, and changes with it; give it an overlay or values of its own", [about.folder, concat(", ", about.alike)])
}
