# METADATA
# title: Container without AppArmor profile
# description: >-
#   `Unconfined` takes from a container the AppArmor profile that its runtime would put
#   around it. The baseline Pod Security Standard allows the runtime's own and those of the
#   node (`Localhost`), by field or by the older annotation.
# related_resources:
# - https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
# - https://kubernetes.io/docs/tutorials/security/apparmor/
# custom:
#   severity: error
#   level: baseline
package hydrant.security.app_armor

import data.hydrant.lib.workloads

deny contains {"msg": msg, "about": about, "path": array.concat(one.path, ["appArmorProfile", "type"])} if {
	some one in workloads.security_contexts
	one.context.appArmorProfile.type == "Unconfined"
	about := {"container": one.container, "profile": null}
	msg := sprintf("%s runs without an AppArmor profile; use RuntimeDefault", [workloads.pod_or_container(about.container)])
}

deny contains {"msg": msg, "about": about, "path": array.concat(workloads.pod_metadata_path, ["annotations", annotation])} if {
	some annotation, profile in workloads.object_at(workloads.pod_metadata, ["annotations"])
	startswith(annotation, "container.apparmor.security.beta.kubernetes.io/")
	is_string(profile)
	not profile in {"", "runtime/default"}
	not startswith(profile, "localhost/")
	about := {
		"container": substring(annotation, indexof(annotation, "/") + 1, -1),
		"profile": profile,
	}
	msg := sprintf("container %s has the AppArmor profile %s", [about.container, about.profile])
}
