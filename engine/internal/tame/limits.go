// Package tame replaces functions of templates that make more than a machine has, or something else
// each time that they are asked.
package tame

import (
	"fmt"
	"strings"
	"text/template"
)

// largest is how much one call of a function may make: bytes of text, items of a list. A
// loop that makes as much is stopped while it grows; a single call would take the machine's
// memory before it can be stopped.
const largest = 64 << 20

// AddLimits replaces functions that make as much as a number says.
func AddLimits(replaced, upstream template.FuncMap) {
	replaced["repeat"] = func(count int, text string) (string, error) {
		if err := Limited(count, len(text)); err != nil {
			return "", err
		}
		return strings.Repeat(text, max(count, 0)), nil
	}
	addRanges(replaced, upstream)
	for _, name := range []string{"indent", "nindent"} {
		indent := upstream[name].(func(int, string) string)
		replaced[name] = func(spaces int, text string) (string, error) {
			if err := Limited(spaces, strings.Count(text, "\n")+1); err != nil {
				return "", err
			}
			return indent(spaces, text), nil
		}
	}
}

// Bytes of one number in a list, and in a text.
const (
	inList = 8
	inText = 32
)

func addRanges(replaced, upstream template.FuncMap) {
	until := upstream["until"].(func(int) []int)
	replaced["until"] = func(count int) ([]int, error) {
		if err := Limited(count, inList); err != nil {
			return nil, err
		}
		return until(count), nil
	}
	untilStep := upstream["untilStep"].(func(int, int, int) []int)
	replaced["untilStep"] = func(start, stop, step int) ([]int, error) {
		if err := limitedSteps(start, stop, step, inList); err != nil {
			return nil, err
		}
		return untilStep(start, stop, step), nil
	}
	seq := upstream["seq"].(func(...int) string)
	replaced["seq"] = func(ends ...int) (string, error) {
		start, stop, step := 1, 1, 1
		switch len(ends) {
		case 1:
			stop = ends[0]
		case 2:
			start, stop = ends[0], ends[1]
		case 3:
			start, step, stop = ends[0], ends[1], ends[2]
		}
		if err := limitedSteps(start, stop, step, inText); err != nil {
			return "", err
		}
		return seq(ends...), nil
	}
}

func limitedSteps(start, stop, step, size int) error {
	if step == 0 {
		return nil
	}
	// As numbers with a point, which do not overflow.
	count := (float64(stop) - float64(start)) / float64(step)
	if max(count, -count) > float64(largest/size) {
		return fmt.Errorf("%d to %d are too many numbers", start, stop)
	}
	return nil
}

// Limited refuses so many pieces of a size where they are too much together.
func Limited(count, size int) error {
	if size > 0 && (count > largest/size || count < -largest/size) {
		return fmt.Errorf("%d is too large a number", count)
	}
	return nil
}
