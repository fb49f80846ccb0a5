# Argo CD's Applications, also those that an ApplicationSet makes.
package hydrant.lib.applications

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
