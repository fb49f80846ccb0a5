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

concat_in_order(separator, texts) := concat(separator, in_order(texts))

json_marshal(value) := supplied_json_marshal(text_of(value))

yaml_marshal(value) := supplied_yaml_marshal(text_of(value))

# Nanoseconds are larger than what the evaluator's numbers hold.
time_add_date(ns, years, months, days) := supplied_time_add_date(json.marshal(ns), years, months, days)

time_clock(ns) := supplied_time_clock(json.marshal(ns))

time_date(ns) := supplied_time_date(json.marshal(ns))

time_diff(one, other) := supplied_time_diff(json.marshal(one), json.marshal(other))

time_weekday(ns) := supplied_time_weekday(json.marshal(ns))

# What WebAssembly writes for a value: sets differ from lists, numbers stay as they are. The list
# around it gives a text its quotes. Sets and objects are in no order: the evaluator gives them OPA's.
text_of(value) := internal.template_string([{[value]}])
