# METADATA
# title: SELinux options that the baseline forbids
# description: >-
#   The baseline Pod Security Standard allows of SELinux's types those of containers
#   (`container_t`, `container_init_t`, `container_kvm_t`, `container_engine_t`), and no
#   user or role of one's own: others leave the confinement of containers.
# related_resources:
# - https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
# custom:
#   severity: error
#   level: baseline
package hydrant.security.selinux

import data.hydrant.lib.workloads

types := {"", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"}

deny contains {"msg": msg, "about": about, "path": array.concat(one.path, ["seLinuxOptions", field])} if {
	some one in workloads.security_contexts
	some field in ["type", "user", "role"]
	value := one.context.seLinuxOptions[field]
	is_string(value)
	not is_allowed(field, value)
	about := {"container": one.container, "field": field, "value": value}
	msg := sprintf("%s runs with the SELinux %s %s", [workloads.pod_or_container(about.container), about.field, about.value])
}

is_allowed("type", value) if value in types

is_allowed("user", "")

is_allowed("role", "")
