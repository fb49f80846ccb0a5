package helm

import (
	"testing"

	kubernetes "sigs.k8s.io/yaml"
)

// TestReadAsTheServerDoes holds every ambiguous text to what the API server's clients make of it.
func TestReadAsTheServerDoes(t *testing.T) {
	documents := map[string]string{
		"booleans":  "a: [yes, Yes, YES, no, on, off, y, n, N, true, True, false, 'yes', \"no\", yes it is]\n",
		"nulls":     "a: [~, null, Null, NULL, '', 'null', nullable]\nb:\n",
		"numbers":   "a: [0644, 0o17, 0x1F, 0b11, 1_000, +1, -1, .5, 1., 1e3, 1.10, 09, 12345678901234567890, 100000000000, -0, 1e400]\n",
		"texts":     "a: [1:30, 1.2.3, 10.0.0.1/8, 100m, 0.1.0, 1Gi, -, ..., .hidden, '1', +x, 1 2, 2.0-rc1, _1, 1_]\n",
		"dates":     "a: [2020-01-01, 2020-01-01T10:00:00Z, '2020-01-01', 2020-1-1]\n",
		"keys":      "yes: 1\n8080: x\n1.5: y\nno: 2\n\"on\": 3\n2020-01-01: z\n",
		"same keys": "a: 1\nb: {x: 1, y: 2}\na: 2\nb: {x: 3}\n\"yes\": 4\n",
		"tags":      "a: [!!str 5, !!int \"5\", !!float 1, !!bool \"true\", !!binary aGVsbG8=]\n",
		"blocks":    "a: |\n  yes\nb: >-\n  10\nc: &anchor {d: yes}\ne: *anchor\nf:\n  <<: *anchor\n  g: 012\n",
		"folded":    "a: 10\n  20\nb: no\n  yes\n",
	}
	for name, text := range documents {
		t.Run(name, func(t *testing.T) {
			text = "apiVersion: v1\nkind: Odd\n" + text
			want, err := kubernetes.YAMLToJSON([]byte(text))
			if err != nil {
				t.Fatal(err)
			}
			items, err := (&run{}).items([]document{{text: text}})
			if err != nil {
				t.Fatal(err)
			}
			first, err := items[0].Node.MarshalJSON()
			if err != nil {
				t.Fatal(err)
			}
			if got, want := canonical(t, first), canonical(t, want); got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
			// What is printed and read once more stays the same.
			printed, err := items[0].Node.String()
			if err != nil {
				t.Fatal(err)
			}
			again, err := kubernetes.YAMLToJSON([]byte(printed))
			if err != nil || canonical(t, again) != canonical(t, want) {
				t.Errorf("printed and read it is %s, %v", again, err)
			}
		})
	}
}
