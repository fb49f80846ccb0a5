package hydrant.structure.namespace_missing_test

import data.hydrant.structure.namespace_missing

service(metadata) := {"path": "a", "contents": {"apiVersion": "v1", "kind": "Service", "metadata": metadata}}

bare := service({"name": "web"})

placed := service({"name": "web", "namespace": "shop"})

of_kind(kind) := {"kind": kind}

test_denies_what_argo_cd_cannot_place if {
	namespace_missing.deny == {{
		"msg": "it states no namespace, and its Application has no destination.namespace to fill in",
		"about": {"target": "Application"},
		"resource": 0,
		"path": ["metadata"],
	}} with input as [bare] with data.hydrant.near as of_kind("Application")
}

test_denies_what_flux_cannot_place if {
	count(namespace_missing.deny) == 1 with input as [bare] with data.hydrant.near as of_kind("Kustomization")
}

test_denies_one_among_others if {
	{result.resource | some result in namespace_missing.deny} == {1} with input as [placed, bare]
		with data.hydrant.near as of_kind("kustomize")
}

test_allows_a_folder_of_which_most_have_none if {
	count(namespace_missing.deny) == 0 with input as [placed, bare, bare] with data.hydrant.near as of_kind("kustomize")
}

test_allows_a_folder_without_any if {
	count(namespace_missing.deny) == 0 with input as [bare, bare] with data.hydrant.near as of_kind("kustomize")
}

test_allows_a_release if {
	count(namespace_missing.deny) == 0 with input as [placed, bare] with data.hydrant.near as of_kind("HelmRelease")
}

test_allows_what_stands_in_none if {
	role := {"path": "a", "contents": {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "metadata": {"name": "a"}}}
	count(namespace_missing.deny) == 0 with input as [role] with data.hydrant.near as of_kind("Application")
}
