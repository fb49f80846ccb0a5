# METADATA
# title: Unsafe sysctl
# description: >-
#   A sysctl outside of the list that the baseline Pod Security Standard allows reaches
#   other pods on the node, and the kubelet refuses to start such a pod unless its
#   administrator allowed it.
# related_resources:
# - https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
# - https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/
# custom:
#   severity: error
#   level: baseline
package hydrant.security.unsafe_sysctls

import data.hydrant.lib.workloads

# What the baseline standard allows.
safe := {
	"kernel.shm_rmid_forced",
	"net.ipv4.ip_local_port_range",
	"net.ipv4.ip_local_reserved_ports",
	"net.ipv4.ip_unprivileged_port_start",
	"net.ipv4.ping_group_range",
	"net.ipv4.tcp_fin_timeout",
	"net.ipv4.tcp_keepalive_intvl",
	"net.ipv4.tcp_keepalive_probes",
	"net.ipv4.tcp_keepalive_time",
	"net.ipv4.tcp_rmem",
	"net.ipv4.tcp_syncookies",
	"net.ipv4.tcp_wmem",
}

deny contains {"msg": msg, "about": about, "path": path} if {
	some index, sysctl in workloads.pod_spec.securityContext.sysctls
	is_string(sysctl.name)
	not replace(sysctl.name, "/", ".") in safe
	path := array.concat(workloads.pod_spec_path, ["securityContext", "sysctls", index, "name"])
	about := {"sysctl": sysctl.name}
	msg := sprintf("the pod sets the unsafe sysctl %s", [about.sysctl])
}
