package causes

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// changedLines are what each probe of a text makes of it, as `line: the line that is changed`.
func changedLines(text string) []string {
	var found []string
	for _, one := range probesIn(text, func(changed string) (Change, bool) { return Change{Content: []byte(changed)}, true }) {
		change, ok := one.change()
		if !ok {
			continue
		}
		before, after := strings.Split(text, "\n"), strings.Split(string(change.Content), "\n")
		differs := 0
		for differs < len(before)-1 && before[differs] == after[differs] {
			differs++
		}
		found = append(found, fmt.Sprintf("%d %v: %s", one.line, one.steps, after[differs]))
	}
	return found
}

func TestProbes(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"a word", "a: b # c\n", []string{"1 [a]: a: b-hydrant-probe # c"}},
		{"an integer", "a:\n  b: 9\n", []string{"2 [a b]:   b: 10"}},
		{"another number is left", "a: 1.5\nb: +1\nc: .5\n", nil},
		{"what only begins as one", "a: 1.5.0\n", []string{"1 [a]: a: 1.5.0-hydrant-probe"}},
		{"a boolean", "a: True\n", []string{"1 [a]: a: false"}},
		{"quotes", "a: \"x \\\" y\"\nb: 'it''s'\n", []string{`1 [a]: a: "x \" y-hydrant-probe"`, "2 [b]: b: 'it''s-hydrant-probe'"}},
		{"an empty text is left", "a: ''\n", nil},
		{"several lines are left", "a: |\n  x\nb: x\n  y\nc: \"x\n  y\"\n", nil},
		{"nothing", "a:\nb: {}\nc: ~\nd: [null]\n", []string{"1 [a]: a: {hydrant-probe: x}", "2 [b]: b:  {hydrant-probe: x}", "3 [c]: c:  {hydrant-probe: x}", "4 [d 0]: d: [null-hydrant-probe]"}},
		{"items come before what is in others", "a:\n- {b: x}\n- y\n", []string{"3 [a 1]: - y-hydrant-probe", "2 [a 0 b]: - {b: x-hydrant-probe}"}},
		{"anchors and tags stay, aliases are left", "a: &x !!str b\nc: *x\nd: &y {}\n", []string{"1 [a]: a: &x !!str b-hydrant-probe", "3 [d]: d: &y  {hydrant-probe: x}"}},
		{"nothing with an anchor, a tag or a block is left", "a: &x\nb: !!str\nc: >\nd:\n  !\ne:\t!\nf: g\n", []string{"7 [f]: f: g-hydrant-probe"}},
		{"columns are counted in characters", "{ä: ö, ü: x}\n", []string{"1 [ä]: {ä: ö-hydrant-probe, ü: x}", "1 [ü]: {ä: ö, ü: x-hydrant-probe}"}},
		{"line ends of Windows", "a: b\r\nc: d\r\n", []string{"1 [a]: a: b-hydrant-probe\r", "2 [c]: c: d-hydrant-probe\r"}},
		{"several documents", "a: b\n---\nc: d\n", []string{"1 [a]: a: b-hydrant-probe", "3 [c]: c: d-hydrant-probe"}},
		{"no YAML", "a: b: c\n", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := changedLines(test.text); !slices.Equal(got, test.want) {
				t.Errorf("got %q\nwant %q", got, test.want)
			}
		})
	}
}

func TestNumbersAndTruths(t *testing.T) {
	for _, test := range []struct {
		text     string
		isPlain  bool
		rendered float64
		want     bool
	}{
		{"80", true, 80, true}, {"80", false, 80, true}, {"0x50", true, 80, true}, {"0120", true, 80, true},
		{"1_000", true, 1000, true}, {"1e3", true, 1000, true}, {"1e3", false, 1000, false}, {"x", true, 0, false},
	} {
		if got := isNumberOf(test.text, test.isPlain, test.rendered); got != test.want {
			t.Errorf("%q is %v: %t", test.text, test.rendered, got)
		}
	}
	if !isTruthOf("yes", true, true) || isTruthOf("yes", false, true) || !isTruthOf("Off", true, false) || isTruthOf("true", true, false) {
		t.Error("a boolean is read otherwise than by Kubernetes")
	}
}
