// Package celhidden puts something in the place of hidden values that no CEL expression can
// read: looking at one is an error, so that a result without that error holds for every
// possible value.
package celhidden

import (
	"errors"
	"strings"

	"github.com/google/cel-go/common/types"
	"k8s.io/apimachinery/pkg/api/equality"
)

const looked = "a hidden value was looked at"

// value is what an expression meets. CEL hands errors on, and || and && drop one that does
// not matter.
var value = types.WrapErr(errors.New(looked)).(*types.Err)

func init() {
	// Fields that the schema does not know are compared as a whole, which hidden values do not allow.
	err := equality.Semantic.AddFunc(func(_, _ *types.Err) bool { panic(looked) })
	if err != nil {
		panic(err)
	}
}

// Hide replaces the values at the paths, each of names and list indices.
func Hide(object any, paths [][]any) {
	for _, path := range paths {
		set(object, path, value)
	}
}

// Blank replaces the values at the paths by an empty text.
func Blank(object any, paths [][]any) {
	for _, path := range paths {
		set(object, path, "")
	}
}

// Has tells whether all of the paths lead to an empty text, as Blank leaves them.
func Has(object any, paths [][]any) bool {
	for _, path := range paths {
		if at(object, path) != "" {
			return false
		}
	}
	return true
}

func at(object any, path []any) any {
	for _, step := range path {
		switch inner := object.(type) {
		case map[string]any:
			name, _ := step.(string)
			object = inner[name]
		case []any:
			index, ok := step.(float64)
			if !ok || index < 0 || int(index) >= len(inner) {
				return nil
			}
			object = inner[int(index)]
		default:
			return nil
		}
	}
	return object
}

func set(object any, path []any, to any) {
	for i, step := range path {
		last := i == len(path)-1
		switch inner := object.(type) {
		case map[string]any:
			name, ok := step.(string)
			if _, found := inner[name]; !ok || !found {
				return
			}
			if last {
				inner[name] = to
			}
			object = inner[name]
		case []any:
			index, ok := step.(float64)
			if !ok || index < 0 || int(index) >= len(inner) {
				return
			}
			if last {
				inner[int(index)] = to
			}
			object = inner[int(index)]
		default:
			return
		}
	}
}

// Looked tells from an error of an expression whether it comes of a hidden value: of the
// value itself, or of what the conversion of typed data says of it.
func Looked(message string) bool {
	return strings.Contains(message, looked) || strings.Contains(message, "invalid data, expected ")
}
