package main

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"hydrant/engine/internal/render"
	"hydrant/engine/internal/wire"
)

var update = flag.Bool("update", false, "write the fields of all messages for the client's test")

const fieldsFile = "../test/engine/engineFields.ts"

// TestFieldsOfMessages holds the file that the client compares its types with
// (test/engine/sameFields.ts) to what the methods take and answer.
func TestFieldsOfMessages(t *testing.T) {
	want := fieldsOfMessages()
	if *update {
		if err := os.WriteFile(fieldsFile, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(fieldsFile)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("%s is not what the methods take and answer; run: npm run generate:engine-fields", fieldsFile)
	}
}

func fieldsOfMessages() string {
	text := &strings.Builder{}
	fmt.Fprintln(text, "// Generated from the engine's Go structs by `npm run generate:engine-fields`. Not to be edited.")
	fmt.Fprintln(text, "\n/** Every field of what each method of the engine takes and answers. */\nexport interface EngineFields {")
	methods := methodsOf(&render.Renderer{}, nil)
	for _, name := range slices.Sorted(maps.Keys(methods)) {
		method := reflect.TypeOf(methods[name])
		fmt.Fprintf(text, "  %s: {\n    params:%s;\n    reply:%s;\n  };\n", quoted(name), union(method.In(1)), union(method.Out(0)))
	}
	fmt.Fprintln(text, "}")
	return text.String()
}

func quoted(name string) string {
	if strings.Contains(name, ".") {
		return "'" + name + "'"
	}
	return name
}

func union(message reflect.Type) string {
	fields := wire.Fields(message)
	switch len(fields) {
	case 0:
		return " never"
	case 1:
		return " '" + fields[0] + "'"
	}
	text := ""
	for _, field := range fields {
		text += "\n      | '" + field + "'"
	}
	return text
}
