# METADATA
# title: Container without requests or limits
# description: >-
#   Without requests the scheduler places pods blindly, and without a memory limit one
#   container can take a node's memory. Set `requests` for cpu and memory and a `limits.memory`.
# related_resources:
# - https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
# custom:
#   severity: warning
package hydrant.containers.resources_required

import data.hydrant.lib.workloads

required := [["requests", "cpu"], ["requests", "memory"], ["limits", "memory"]]

deny contains {"msg": msg, "path": path} if {
	some item in workloads.containers
	resources := object.get(item.container, "resources", {})
	missing := [concat(".", field) | some field in required; object.get(resources, field, "") == ""]
	count(missing) > 0
	path := path_of(item)
	msg := sprintf("container %s has no resources.%s", [item.container.name, concat(", resources.", missing)])
}

path_of(item) := array.concat(item.path, ["resources"]) if item.container.resources

path_of(item) := item.path if not item.container.resources
