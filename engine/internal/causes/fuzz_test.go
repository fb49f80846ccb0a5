package causes

import "testing"

// FuzzProbes: whatever a file holds, what is rendered in its place is YAML.
func FuzzProbes(f *testing.F) {
	for _, text := range []string{
		"a: 1\nb: [x, 'y', \"z\"]\nc: {d: true, e: ~}\n", "a: &x {b: 1}\nc: *x\n<<: *x\n", "? [a]\n: b\n? c\n", "a:\nb: !!str 3\nc: !x y\n",
		"é: ü\n\"😀\": z\n", "\ufeffa: 'it''s'\nb: \"\\u263a \\\"q\\\"\"\n", "a: >-\n  folded\n\n  more\r\nb: 0x1F\n", "a: b\u0085c: d\u2028e: f\n", "0:\t!", "0:\n>",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, one := range textsOfFile("a.yaml", []byte(text)) {
			one.change()
		}
		for _, one := range probesIn(text, func(changed string) (Change, bool) { return Change{Content: []byte(changed)}, true }) {
			change, ok := one.change()
			if !ok {
				continue
			}
			if _, err := documentsOf(change.Content); err != nil {
				t.Errorf("%q becomes %q, which is no YAML: %v", text, change.Content, err)
			}
		}
	})
}
