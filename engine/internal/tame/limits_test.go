package tame

import (
	"reflect"
	"testing"
	"text/template"

	sprig "github.com/go-task/slim-sprig/v3"
)

func TestAddLimits(t *testing.T) {
	upstream := sprig.TxtFuncMap()
	replaced := template.FuncMap{}
	AddLimits(replaced, upstream)
	cases := []struct {
		name      string
		arguments []any
		fails     bool
	}{
		{"repeat", []any{3, "ab"}, false},
		{"repeat", []any{1 << 40, "ab"}, true},
		{"until", []any{4}, false},
		{"until", []any{-(1 << 40)}, true},
		{"untilStep", []any{0, 9, 3}, false},
		{"untilStep", []any{9, 0, -4}, false},
		{"untilStep", []any{0, 1 << 40, 1}, true},
		{"untilStep", []any{-(1 << 62), 1 << 62, 2}, true},
		{"untilStep", []any{0, 1 << 40, 0}, false},
		{"seq", []any{5}, false},
		{"seq", []any{1, 5}, false},
		{"seq", []any{9, -3, 1}, false},
		{"seq", []any{1 << 40}, true},
		{"seq", []any{0, 2, 1 << 40}, true},
		{"indent", []any{2, "a\nb"}, false},
		{"nindent", []any{1 << 40, "a"}, true},
	}
	for _, one := range cases {
		var arguments []reflect.Value
		for _, argument := range one.arguments {
			arguments = append(arguments, reflect.ValueOf(argument))
		}
		got := reflect.ValueOf(replaced[one.name]).Call(arguments)
		if failed := !got[1].IsNil(); failed != one.fails {
			t.Errorf("%s %v: got %v", one.name, one.arguments, got[1])
		}
		if !one.fails {
			want := reflect.ValueOf(upstream[one.name]).Call(arguments)[0].Interface()
			if !reflect.DeepEqual(got[0].Interface(), want) {
				t.Errorf("%s %v: got %v, want %v", one.name, one.arguments, got[0], want)
			}
		}
	}
}
