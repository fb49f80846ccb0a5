package causes

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"hydrant/engine/internal/redact"
)

// rendered is a rendering whose ConfigMaps are templates with `$(name)` for values of the file
// values.yaml; it counts how often it is made.
type rendered struct {
	values, template string
	renders          int
}

func (r *rendered) with(values string) ([]*yaml.RNode, bool) {
	var read map[string]string
	if yaml.Unmarshal([]byte(values), &read) != nil {
		return nil, false
	}
	text := r.template
	for name, value := range read {
		text = strings.ReplaceAll(text, "$("+name+")", value)
	}
	var nodes []*yaml.RNode
	for _, one := range strings.Split(text, "---\n") {
		nodes = append(nodes, yaml.MustParse(one))
	}
	return nodes, true
}

// ask gives the places of the causes, as `path:line`.
func (r *rendered) ask(fields ...Field) []string {
	first, _ := r.with(r.values)
	again := func(change Change) ([]*yaml.RNode, bool) {
		r.renders++
		return r.with(string(change.Content))
	}
	input := Input{Files: map[string][]byte{"values.yaml": []byte(r.values)}, Source: []byte(`{"tool":"helm"}`)}
	rendering := Rendering{First: first, Redaction: redact.Redaction{Mode: redact.Digest, Key: "k"}, Again: again}
	var found []string
	for _, cause := range Of(Question{Fields: fields}, input, rendering).Fields {
		if cause == nil {
			found = append(found, "none")
		} else {
			found = append(found, fmt.Sprintf("%s:%d", cause.Path, cause.Line))
		}
	}
	return found
}

func configMap(data string) string {
	return "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n" + data
}

func dataOf(index int, name string) Field {
	return Field{Index: index, Kind: "ConfigMap", Name: "c", Path: []any{"data", name}}
}

func TestFieldsFollowValues(t *testing.T) {
	for _, test := range []struct {
		name, values, data string
		want               string
	}{
		{"the value of its name", "other: x\na: x\n", "  a: $(a)\n", "values.yaml:2"},
		{"a value of another name", "a: x\nother: x\n", "  a: $(other)\n", "values.yaml:2"},
		{"a part of the text", "host: example.com\n", "  a: https://$(host)/\n", "values.yaml:1"},
		{"not what only says the same", "a: x\n", "  a: x\n", "none"},
		{"not one of several parts", "x: one\ny: two\n", "  a: $(x)-$(y)\n", "none"},
		{"no value of a Secret", "a: hydrant.redacted/plain/1\n", "  a: $(a)\n", "none"},
	} {
		t.Run(test.name, func(t *testing.T) {
			one := &rendered{values: test.values, template: configMap(test.data)}
			if got := one.ask(dataOf(0, "a")); got[0] != test.want {
				t.Errorf("got %v, want %s", got, test.want)
			}
		})
	}
	t.Run("of an image the last part", func(t *testing.T) {
		one := &rendered{values: "repository: app\ntag: v1\n", template: configMap("  image: $(repository):$(tag)\n")}
		if got := one.ask(dataOf(0, "image")); got[0] != "values.yaml:2" {
			t.Errorf("got %v", got)
		}
	})
	t.Run("not in another resource", func(t *testing.T) {
		one := &rendered{values: "a: x\n", template: configMap("  a: $(a)\n")}
		if got := one.ask(dataOf(1, "a"), Field{Kind: "Pod", Name: "c", Path: []any{"data", "a"}}); !slices.Equal(got, []string{"none", "none"}) {
			t.Errorf("got %v", got)
		}
	})
}

func TestOneRenderingForOneCause(t *testing.T) {
	one := &rendered{values: "a: x\n", template: configMap("  a: $(a)\n  b: $(a)\n") + "---\n" + configMap("  a: $(a)\n")}
	got := one.ask(dataOf(0, "a"), dataOf(0, "b"), dataOf(1, "a"), dataOf(0, "a"))
	if want := slices.Repeat([]string{"values.yaml:1"}, 4); !slices.Equal(got, want) || one.renders != 1 {
		t.Errorf("got %v of %d renderings", got, one.renders)
	}
}

func TestFewTries(t *testing.T) {
	t.Run("for one field", func(t *testing.T) {
		one := &rendered{values: strings.Join(numbered("v%d: x\n", 20), ""), template: configMap("  a: x\n")}
		if one.ask(dataOf(0, "a")); one.renders != mostForField {
			t.Errorf("%d renderings", one.renders)
		}
	})
	t.Run("for all fields, whatever their order", func(t *testing.T) {
		data, values := numbered("  k%d: $(k%[1]d)y%[1]d\n", 60), numbered("k%d: x%[1]dx\n", 60)
		fields := make([]Field, 60)
		for i := range fields {
			fields[i] = dataOf(0, fmt.Sprintf("k%d", i))
		}
		one := &rendered{values: strings.Join(values, ""), template: configMap(strings.Join(data, ""))}
		got := one.ask(fields...)
		if one.renders != mostRenders {
			t.Errorf("%d renderings", one.renders)
		}
		slices.Reverse(fields)
		again := one.ask(fields...)
		slices.Reverse(again)
		if known := len(got) - count(got, "none"); known != mostRenders || !slices.Equal(got, again) {
			t.Errorf("%d known: %v\n%v", known, got, again)
		}
	})
}

func numbered(format string, count int) []string {
	var all []string
	for i := range count {
		all = append(all, fmt.Sprintf(format, i))
	}
	return all
}

func count(all []string, wanted string) int {
	found := 0
	for _, one := range all {
		if one == wanted {
			found++
		}
	}
	return found
}
