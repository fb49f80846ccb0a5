# METADATA
# title: Image without a digest in production
# description: >-
#   A tag can be pushed again: what was tested in staging and what starts in production
#   under the same name may differ. A digest (`app:1.2.3@sha256:...`) names the very image.
#   Asked of production only; a tag that is missing or `latest` is `images/latest-tag`'s to
#   find. Production is told by the target's environment.
# related_resources:
# - https://kubernetes.io/docs/concepts/containers/images/#image-names
# custom:
#   severity: warning
#   default: "off"
package hydrant.images.digest_in_production

import data.hydrant.lib.environments
import data.hydrant.lib.images
import data.hydrant.lib.workloads

deny contains {"msg": msg, "about": about, "path": array.concat(item.path, ["image"])} if {
	environments.production
	some item in workloads.all_containers
	image := item.container.image
	is_string(image)
	not contains(image, "@")
	not images.filled_in_later(image)
	not images.without_fixed_tag(image)
	about := {
		"container": item.name,
		"image": trim_suffix(image, sprintf(":%s", [images.tag_of(image)])),
	}
	msg := sprintf("container %s takes %s by its tag, which may be pushed again; add the digest", [about.container, about.image])
}
