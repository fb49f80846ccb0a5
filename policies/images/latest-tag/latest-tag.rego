# METADATA
# title: Image without a fixed tag
# description: >-
#   An image tagged `latest`, or not tagged at all, changes without a commit: what runs is no
#   longer what Git says, and a rollback gets nothing back. Name a version, or a digest.
# related_resources:
# - https://kubernetes.io/docs/concepts/containers/images/#image-names
# custom:
#   severity: error
package hydrant.images.latest_tag

import data.hydrant.lib.workloads

deny contains {"msg": msg, "path": array.concat(item.path, ["image"])} if {
	some item in workloads.all_containers
	image := item.container.image
	not contains(image, "@")
	tag := tag_of(image)
	tag in {"", "latest"}
	msg := sprintf("container %s uses %s, whose tag is not fixed; name a version or a digest", [item.container.name, image])
}

# The part behind the last colon that belongs to no registry's port.
tag_of(image) := tag if {
	parts := split(image, "/")
	last := parts[count(parts) - 1]
	[_, tag] := split(last, ":")
} else := ""
