# What an image's name says.
package hydrant.lib.images

import data.hydrant.lib.workloads

# The part behind the last colon, where that is not a registry's port.
tag_of(image) := tag if {
	parts := split(image, "/")
	[_, tag] := split(parts[count(parts) - 1], ":")
} else := ""

# What changes without a commit.
without_fixed_tag(image) if {
	not contains(image, "@")
	tag_of(image) in {"", "latest"}
}

filled_in_later(image) if contains(image, "${")

# https://istio.io/latest/docs/setup/additional-setup/gateway/
filled_in_later("auto") if {
	some key in ["sidecar.istio.io/inject", "inject.istio.io/templates"]
	workloads.pod_labels_and_annotations[key]
}

# Pods that only hold a place are made of it.
# https://github.com/kubernetes/kubernetes/tree/master/build/pause
does_nothing(image) if {
	parts := split(image, "/")
	split(parts[count(parts) - 1], ":")[0] == "pause"
}
