# Compiled into policies in place of calls of functions that the evaluator supplies.
package hydrant_supplied

# Values reach the evaluator as JSON, where a set is a list like any other; so each argument
# comes with the text that OPA writes for it.
sprintf(format, args) := supplied_sprintf(format, args, [text_of(arg) | some arg in args])

# A list can be no set: what the evaluator gives becomes one.
net_cidr_expand(network) := {address | some address in found} if found := supplied_net_cidr_expand(network)

net_cidr_merge(networks) := {network | some network in found} if found := supplied_net_cidr_merge(networks)

object_subset(whole, part) := supplied_object_subset(whole, part, [type_name(whole), type_name(part)])

# WebAssembly does not write the members of sets in OPA's order.
urlquery_encode_object(object) := supplied_urlquery_encode_object({name: in_order(value) | some name, value in object})

in_order(value) := sort(value) if {
	is_set(value)
} else := value

# Nanoseconds are larger than what the evaluator's numbers hold.
time_add_date(ns, years, months, days) := supplied_time_add_date(json.marshal(ns), years, months, days)

time_clock(ns) := supplied_time_clock(json.marshal(ns))

time_date(ns) := supplied_time_date(json.marshal(ns))

time_diff(one, other) := supplied_time_diff(json.marshal(one), json.marshal(other))

time_weekday(ns) := supplied_time_weekday(json.marshal(ns))

# WebAssembly does not write the members of sets and the fields of objects in OPA's order.
text_of(value) := concat("", ["{", concat(", ", [part_of(member) | some member in sort(value)]), "}"]) if {
	is_set(value)
	count(value) > 0
} else := concat("", ["{", concat(", ", fields_of(value)), "}"]) if {
	is_object(value)
} else := internal.template_string([{value}])

fields_of(value) := [field |
	some key in sort(object.keys(value))
	field := concat(": ", [part_of(key), part_of(value[key])])
]

# Inside another value a text has quotes.
part_of(value) := json.marshal(value) if {
	is_string(value)
} else := internal.template_string([{value}])
