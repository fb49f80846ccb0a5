# Argo CD's Applications, also those that an ApplicationSet makes.
package hydrant.lib.applications

import data.hydrant.lib.environments
import data.hydrant.lib.facts

spec_path := ["spec"] if {
	startswith(input.apiVersion, "argoproj.io/")
	input.kind == "Application"
}

spec_path := ["spec", "template", "spec"] if {
	startswith(input.apiVersion, "argoproj.io/")
	input.kind == "ApplicationSet"
}

spec := object.get(input, spec_path, {})

automated_path := array.concat(spec_path, ["syncPolicy", "automated"])

# How the Application syncs by itself; undefined where it does not. An empty mapping is enough
# to switch it on.
automated := value if {
	value := spec.syncPolicy.automated
	is_object(value)
	object.get(value, "enabled", true) != false
}

# What a sentence says of one Application.
named := {"kind": input.kind, "name": facts.name}

subject(about) := sprintf("%s %s", [about.kind, facts.called(about.name)])

# Of all Applications that one template makes, a sentence says the same.
of_kind := {"kind": input.kind}

the_kind(about) := sprintf("the %s", [about.kind])

# Each source with its path; `sources` stands for `source` where both are there.
sources contains {"path": array.concat(spec_path, ["sources", index]), "source": source} if {
	some index, source in spec.sources
	is_object(source)
}

sources contains {"path": array.concat(spec_path, ["source"]), "source": spec.source} if {
	is_object(spec.source)
	count(object.get(spec, "sources", [])) == 0
}

# Applied to production: by the target's environment, or by the name of a source's folder,
# the destination's namespace or cluster.
for_production if environments.production

for_production if {
	some one in sources
	environments.is_production(one.source.path)
}

for_production if environments.is_production(spec.destination.namespace)

for_production if environments.is_production(spec.destination.name)
