# What `about` of a result is made of: the data of its sentence.
package hydrant.lib.facts

# A value that a manifest gives: a text, number or flag as it stands, anything else as the text
# that a sentence shows of it.
of(value) := value if {
	type_name(value) in {"string", "number", "boolean"}
} else := sprintf("%v", [value])

# The name of the manifest; null where it has none.
default name := null

name := of(input.metadata.name)

# How a sentence calls what has such a name.
called(null) := "without a name"

called(known) := known if known != null
