package helm

import (
	"fmt"
	"strings"
	"text/template"
)

// largest is how much one call of a function may make: bytes of text, items of a list. A
// loop that makes as much is stopped while it grows; a single call would take the machine's
// memory before it can be stopped.
const largest = 64 << 20

// addLimits replaces functions that make as much as a number says.
func addLimits(replaced, upstream template.FuncMap) {
	replaced["repeat"] = func(count int, text string) (string, error) {
		if err := limited(count, len(text)); err != nil {
			return "", err
		}
		return strings.Repeat(text, count), nil
	}
	until := upstream["until"].(func(int) []int)
	replaced["until"] = func(count int) ([]int, error) {
		if err := limited(count, 8); err != nil {
			return nil, err
		}
		return until(count), nil
	}
	for _, name := range []string{"indent", "nindent"} {
		indent := upstream[name].(func(int, string) string)
		replaced[name] = func(spaces int, text string) (string, error) {
			if err := limited(spaces, strings.Count(text, "\n")+1); err != nil {
				return "", err
			}
			return indent(spaces, text), nil
		}
	}
}

func limited(count, size int) error {
	if size > 0 && (count > largest/size || count < -largest/size) {
		return fmt.Errorf("%d is too large a number", count)
	}
	return nil
}
