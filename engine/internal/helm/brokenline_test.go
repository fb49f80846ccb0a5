package helm

import (
	"errors"
	"strings"
	"testing"

	"hydrant/engine/internal/fixture"
	"hydrant/engine/internal/rendering"
)

// TestLineThatBreaks: a template whose text is YAML only before it is rendered, or never.
func TestLineThatBreaks(t *testing.T) {
	const head = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n"
	helper := `{{- define "more" -}}` + "\nx: y\nz: {{ .Values.text }}\n{{- end }}\n"
	for name, c := range map[string]struct {
		template, values string
		want             string
		line             int
	}{
		"a value with a colon":       {head + "  a: b\n  text: {{ .Values.text }}\n  c: d\n", "text: \"x: y: z\"\n", "c.yaml", 7},
		"indentation that is off":    {head + "  a: b\n   {{ .Values.text }}: x\n  c: d\n", "text: k\n", "c.yaml", 7},
		"a document after another":   {head + "  a: b\n---\n" + head + "  {{- if true }}\n  b: {{ .Values.text }}\n  {{- end }}\n", "text: \"[\"\n", "c.yaml", 14},
		"a helper's line":            {head + "  {{- include \"more\" . | nindent 2 }}\n  c: d\n", "text: \"x: y: z\"\n", "_h.tpl", 3},
		"lines that an action gives": {head + "  a: b\n  {{ .Values.text | nindent 4 }}\n  c: d\n", "text: \"q: w\\ne\"\n", "c.yaml", 7},
	} {
		t.Run(name, func(t *testing.T) {
			disk := fixture.Disk(t, chartOf(map[string]string{"templates/c.yaml": c.template, "templates/_h.tpl": helper, "values.yaml": c.values}))
			_, err := Render(disk, app(), false)
			var made *rendering.Problem
			if !errors.As(err, &made) || made.Kind != "syntax" {
				t.Fatalf("got %v", err)
			}
			if made.Path == nil || !strings.HasSuffix(*made.Path, "/"+c.want) || made.Line == nil || *made.Line != c.line {
				line := 0
				if made.Line != nil {
					line = *made.Line
				}
				t.Errorf("got %s:%d, want %s:%d: %s", *made.Path, line, c.want, c.line, made.Message)
			}
		})
	}
}
