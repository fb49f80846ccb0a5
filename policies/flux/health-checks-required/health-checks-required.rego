# METADATA
# title: Kustomization without health checks
# description: >-
#   Without `wait: true` or `healthChecks`, Flux reports a Kustomization ready as soon as it
#   is applied, whatever becomes of its workloads; what depends on it starts too early, and
#   nobody is alerted.
# related_resources:
# - https://fluxcd.io/flux/components/kustomize/kustomizations/#health-checks
# custom:
#   severity: warning
package hydrant.flux.health_checks_required

deny contains {"msg": msg, "path": ["spec"]} if {
	startswith(input.apiVersion, "kustomize.toolkit.fluxcd.io/")
	input.kind == "Kustomization"
	not input.spec.wait == true
	not input.spec.healthChecks[0]
	not bootstrapped
	kustomization := object.get(input, ["metadata", "name"], "without a name")
	msg := sprintf("Kustomization %s is ready as soon as it is applied; set wait: true or name healthChecks", [kustomization])
}

# The one that `flux bootstrap` writes, and writes again at the next upgrade.
bootstrapped if {
	input.metadata.name == "flux-system"
	object.get(input, ["metadata", "namespace"], "flux-system") == "flux-system"
}
