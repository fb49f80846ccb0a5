# Argo CD's Applications, also those that an ApplicationSet makes.
package hydrant.lib.applications

import data.hydrant.lib.environments

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

subject := sprintf("%s %s", [input.kind, object.get(input, ["metadata", "name"], "without a name")])

# For messages that are the same of all Applications that one template makes.
the_kind := sprintf("the %s", [input.kind])

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
