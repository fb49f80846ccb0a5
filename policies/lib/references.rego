# Which ConfigMaps and Secrets pods name.
package hydrant.lib.references

import data.hydrant.lib.cluster

# Each reference of a pod that is not optional: kind, name, path, and the keys it asks for.
of_pod(pod) := array.concat(of_containers(pod), of_volumes(pod))

of_containers(pod) := [reference |
	some item in cluster.containers_of(pod)
	some reference in array.concat(whole(item), single(item))
]

env_sources := {"configMapRef": "ConfigMap", "secretRef": "Secret"}

key_sources := {"configMapKeyRef": "ConfigMap", "secretKeyRef": "Secret"}

whole(item) := [{"kind": kind, "name": source.name, "path": path, "keys": []} |
	some index, entry in object.get(item.container, "envFrom", [])
	some field, kind in env_sources
	source := entry[field]
	is_required(source)
	path := array.concat(item.path, ["envFrom", index, field, "name"])
]

single(item) := [{"kind": kind, "name": source.name, "path": path, "keys": [key]} |
	some index, entry in object.get(item.container, "env", [])
	some field, kind in key_sources
	source := entry.valueFrom[field]
	is_required(source)
	path := array.concat(item.path, ["env", index, "valueFrom", field, "name"])
	key := {"name": source.key, "path": array.concat(item.path, ["env", index, "valueFrom", field, "key"])}
]

of_volumes(pod) := [reference |
	some index, volume in object.get(pod.spec, "volumes", [])
	is_object(volume)
	at := array.concat(pod.path, ["volumes", index])
	some reference in array.concat(of_volume(volume, at), of_projected(volume, at))
]

name_fields := {"configMap": {"kind": "ConfigMap", "name": "name"}, "secret": {"kind": "Secret", "name": "secretName"}}

of_volume(volume, at) := [{"kind": about.kind, "name": name, "path": path, "keys": items_of(source, array.concat(at, [field]))} |
	some field, about in name_fields
	source := volume[field]
	object.get(source, "optional", false) != true
	name := source[about.name]
	is_string(name)
	path := array.concat(at, [field, about.name])
]

of_projected(volume, at) := [{"kind": about.kind, "name": source.name, "path": array.concat(place, ["name"]), "keys": items_of(source, place)} |
	some index, entry in volume.projected.sources
	some field, about in name_fields
	source := entry[field]
	is_required(source)
	place := array.concat(at, ["projected", "sources", index, field])
]

items_of(source, at) := [{"name": item.key, "path": array.concat(at, ["items", index, "key"])} |
	some index, item in object.get(source, "items", [])
	is_string(item.key)
]

is_required(source) if {
	is_string(source.name)
	object.get(source, "optional", false) != true
}

# Every namespace has these.
everywhere := {"kube-root-ca.crt", "openshift-service-ca.crt", "istio-ca-root-cert"}

# Made by something other than a manifest of this commit.
may_be_given(_, name, _) if name in everywhere

# A Job that makes it is told its name.
may_be_given(_, name, namespace) if {
	some pod in cluster.pods_around
	pod.contents.kind in {"Job", "CronJob"}
	cluster.may_be_same(pod.namespace, namespace)
	some item in cluster.containers_of(pod)
	some field in ["args", "command"]
	some text in item.container[field]
	contains(text, name)
}

# The older kind of an account's token.
may_be_given("Secret", name, namespace) if {
	contains(name, "-token")
	some account in object.keys(object.get(cluster.around, "ServiceAccount", {}))
	startswith(name, sprintf("%s-token", [account]))
	cluster.may_exist("ServiceAccount", account, namespace)
}
