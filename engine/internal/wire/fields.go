// Package wire tells what the fields of a message are in JSON, for a test that compares them
// with the client's types.
package wire

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
)

// Variants is a type with a decoder of its own, which tells what it decodes: each variant is a
// list of structs whose fields it has together. Without any its fields are another project's.
type Variants interface {
	Variants() [][]any
}

// Fields are the lines of a message's fields, sorted, such as `problem?.line: number | null`:
// `?` for a field that may be missing, `[]` for the items of a list, `{}` for the values of a
// map. The fields of a type that contains itself are listed once. It panics where a field that
// JSON has is without a tag.
func Fields(message reflect.Type) []string {
	found := &fields{lines: map[string]bool{}}
	found.of([]reflect.Type{message}, "", nil)
	lines := make([]string, 0, len(found.lines))
	for line := range found.lines {
		lines = append(lines, line)
	}
	slices.Sort(lines)
	return lines
}

type fields struct{ lines map[string]bool }

// of notes the fields of a value that has one of some structs.
func (f *fields) of(structs []reflect.Type, prefix string, above []reflect.Type) {
	all, seen := map[string][]reflect.StructField{}, []string{}
	for _, one := range structs {
		for _, field := range jsonFields(one) {
			name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			if all[name] == nil {
				seen = append(seen, name)
			}
			all[name] = append(all[name], field)
		}
	}
	for _, name := range seen {
		found := all[name]
		mark := ""
		if len(found) < len(structs) || slices.ContainsFunc(found, mayBeMissing) {
			mark = "?"
		}
		for _, field := range found {
			f.value(field.Type, prefix+name+mark, append(slices.Clone(above), structs...))
		}
	}
}

// jsonFields are the fields that JSON has of a struct, those of embedded ones among them.
func jsonFields(one reflect.Type) []reflect.StructField {
	var all []reflect.StructField
	for i := range one.NumField() {
		field := one.Field(i)
		tag := field.Tag.Get("json")
		switch {
		case field.Anonymous && tag == "":
			all = append(all, jsonFields(field.Type)...)
		case field.IsExported() && (tag == "" || tag[0] == ','):
			// JSON would have it under its Go name, in whatever case the other side writes it.
			panic("no json tag: " + one.String() + "." + field.Name)
		case tag != "" && tag != "-":
			all = append(all, field)
		}
	}
	return all
}

func mayBeMissing(field reflect.StructField) bool {
	return strings.Contains(field.Tag.Get("json"), ",omitempty")
}

// value notes a value and what is below it.
func (f *fields) value(kind reflect.Type, path string, above []reflect.Type) {
	null := ""
	if kind.Kind() == reflect.Pointer {
		kind = kind.Elem()
		if !strings.HasSuffix(path, "?") {
			null = " | null"
		}
	}
	if variants, ok := reflect.New(kind).Interface().(Variants); ok {
		f.variants(kind, variants, path, above)
		return
	}
	switch word := wordOf(kind); word {
	case "list":
		f.value(kind.Elem(), path+"[]", above)
	case "map":
		f.value(kind.Elem(), path+"{}", above)
	case "object":
		f.lines[path+": object"+null] = true
		if !slices.Contains(above, kind) {
			f.of([]reflect.Type{kind}, path+".", above)
		}
	default:
		f.lines[path+": "+word+null] = true
	}
}

func (f *fields) variants(kind reflect.Type, value Variants, path string, above []reflect.Type) {
	variants := value.Variants()
	switch {
	case len(variants) == 0:
		f.lines[path+": unknown"] = true
		return
	case kind.Kind() == reflect.Slice:
		path += "[]"
	}
	f.lines[path+": object"] = true
	if slices.Contains(above, kind) {
		return
	}
	var structs []reflect.Type
	for _, variant := range variants {
		structs = append(structs, together(variant))
	}
	f.of(structs, path+".", append(slices.Clone(above), kind))
}

// together is one struct with the fields of several, the earlier before the later.
func together(parts []any) reflect.Type {
	var all []reflect.StructField
	names := map[string]bool{}
	for _, part := range parts {
		for _, field := range jsonFields(reflect.TypeOf(part)) {
			if !names[field.Name] {
				names[field.Name] = true
				field.Index, field.Offset = nil, 0
				all = append(all, field)
			}
		}
	}
	return reflect.StructOf(all)
}

var decoder = reflect.TypeFor[json.Unmarshaler]()

func wordOf(kind reflect.Type) string {
	if reflect.PointerTo(kind).Implements(decoder) {
		return "unknown"
	}
	switch kind.Kind() {
	case reflect.String:
		return "string"
	case reflect.Bool:
		return "boolean"
	case reflect.Int, reflect.Int32, reflect.Int64, reflect.Float64:
		return "number"
	}
	switch {
	case kind == reflect.TypeFor[json.RawMessage]():
		return "unknown"
	case kind.Kind() == reflect.Slice && kind.Elem().Kind() == reflect.Uint8:
		// In base64.
		return "string"
	case kind.Kind() == reflect.Slice:
		return "list"
	case kind.Kind() == reflect.Map && kind.Elem().Kind() != reflect.Interface:
		return "map"
	case kind.Kind() == reflect.Struct && strings.HasPrefix(kind.PkgPath(), "hydrant/") || kind.PkgPath() == "main":
		return "object"
	default:
		return "unknown"
	}
}
