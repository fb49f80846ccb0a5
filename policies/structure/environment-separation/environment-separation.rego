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
#   combine: true
package hydrant.structure.environment_separation

import data.hydrant.lib.environments

deny contains {"msg": msg} if {
	count(input) > 0
	environments.is_production(data.hydrant.target.environment)
	own := data.hydrant.targets[data.hydrant.target.id]
	own.kind in {"Application", "Kustomization"}
	is_string(own.source)
	others := {other.environment |
		some id, other in data.hydrant.targets
		id != data.hydrant.target.id
		other.source == own.source
		is_string(other.environment)
		other.environment != own.environment
		not environments.is_production(other.environment)
	}
	count(others) > 0
	msg := sprintf("production is made from %s with the same inputs as %s, and changes with it; give it an overlay or values of its own", [own.path, concat(", ", sort(others))])
}
