# Compiled into policies in place of calls of functions that the evaluator supplies.
package hydrant_supplied

# Values reach the evaluator as JSON, where a set is a list like any other; so each argument
# comes with the text that OPA writes for it.
sprintf(format, args) := supplied_sprintf(format, args, [text_of(arg) | some arg in args])

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
