# METADATA
# title: Image without a fixed tag
# description: >-
#   An image tagged `latest`, or not tagged at all, changes without a commit: what runs is
#   no longer what Git says, and a rollback gets nothing back. Name a version or a digest.
#   Images that are filled in later are not judged: `auto` of an injected Istio proxy, and
#   those with a Flux variable. Nor is `pause`, which does nothing in whatever version.
# related_resources:
# - https://kubernetes.io/docs/concepts/containers/images/#image-names
# custom:
#   severity: warning
#   default: "off"
package hydrant.images.latest_tag

import data.hydrant.lib.images
import data.hydrant.lib.workloads

deny contains {"msg": msg, "about": about, "path": array.concat(item.path, ["image"])} if {
	some item in workloads.all_containers
	image := item.container.image
	is_string(image)
	not images.filled_in_later(image)
	not images.does_nothing(image)
	images.without_fixed_tag(image)
	about := {"container": item.name, "image": image}
	msg := sprintf("container %s uses %s, whose tag is not fixed; name a version or a digest", [about.container, about.image])
}
