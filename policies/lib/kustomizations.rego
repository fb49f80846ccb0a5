# Flux's Kustomizations.
package hydrant.lib.kustomizations

import data.hydrant.lib.facts

is_kustomization if {
	startswith(input.apiVersion, "kustomize.toolkit.fluxcd.io/")
	input.kind == "Kustomization"
	not bootstrapped
}

# The one that `flux bootstrap` writes, and writes again at the next upgrade.
bootstrapped if {
	input.metadata.name == "flux-system"
	object.get(input, ["metadata", "namespace"], "flux-system") == "flux-system"
}

subject(about) := sprintf("Kustomization %s", [facts.called(about.name)])

# Waits until what it applied is healthy.
checks_health if input.spec.wait == true

checks_health if input.spec.healthChecks[0]
