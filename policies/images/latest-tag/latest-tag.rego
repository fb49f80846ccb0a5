# METADATA
# title: Image without a fixed tag
# description: >-
#   An image tagged `latest`, or not tagged at all, changes without a commit: what runs is
#   no longer what Git says, and a rollback gets nothing back. Name a version or a digest.
#   Images that are filled in later are not judged: `auto` of an injected Istio proxy, and
#   those with a Flux variable.
# related_resources:
# - https://kubernetes.io/docs/concepts/containers/images/#image-names
# custom:
#   severity: error
package hydrant.images.latest_tag

import data.hydrant.lib.workloads

deny contains {"msg": msg, "path": array.concat(item.path, ["image"])} if {
	some item in workloads.all_containers
	image := item.container.image
	is_string(image)
	not filled_in_later(image)
	not contains(image, "@")
	tag_of(image) in {"", "latest"}
	msg := sprintf("container %s uses %s, whose tag is not fixed; name a version or a digest", [item.name, image])
}

# The part behind the last colon, where that is not a registry's port.
tag_of(image) := tag if {
	parts := split(image, "/")
	[_, tag] := split(parts[count(parts) - 1], ":")
} else := ""

filled_in_later(image) if contains(image, "${")

# https://istio.io/latest/docs/setup/additional-setup/gateway/
filled_in_later("auto") if {
	some key in ["sidecar.istio.io/inject", "inject.istio.io/templates"]
	workloads.pod_labels_and_annotations[key]
}
