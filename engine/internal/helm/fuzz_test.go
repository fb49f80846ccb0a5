package helm

import (
	"errors"
	"strings"
	"testing"
)

// FuzzTexts: templates and what is rendered of them are read line by line, whatever they hold.
func FuzzTexts(f *testing.F) {
	for _, text := range []string{
		"a: {{ .Values.a | quote }}\n{{- range .x }}\n- {{ . }}\n{{- end }}\n", "{{/* c */}}\nb: `x`\n  {{ include \"a\" . }}\n", "a: b #hydrant:0\n\"c\": d #hydrant:99999999999999999999\n",
		"template: c/templates/_h.tpl:1:2: executing \"x\" at <.Values.a.b>: nil pointer evaluating interface {}.b", "error converting YAML to JSON: yaml: line 3: did not find expected key", "a:\n - b: &x 1\n - *x\n", "---\n\n---\n{}",
	} {
		f.Add(text, 1)
	}
	f.Fuzz(func(t *testing.T, text string, line int) {
		m := &marks{}
		marked := string(m.mark(place{path: "c/templates/a.yaml"}, "templates/a.yaml", []byte(text)))
		if !markPattern.MatchString(text) && unmarked(marked) != text {
			t.Errorf("%q, marked and unmarked, is %q", text, unmarked(marked))
		}
		m.producing(strings.Split(marked, "\n"), line)
		lineOfValue([]byte(text), []string{"a", "0", "b"})
		lineOfItem([]byte(text), "a", "b", "1")
		culpritIn(strings.Split(text, "\n"))
		notYAML(errors.New(text))
		_ = templateReason(text) + sentence(text)
	})
}
