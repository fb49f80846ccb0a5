package helm

import (
	"errors"
	"testing"

	"hydrant/engine/internal/fixture"
	"hydrant/engine/internal/remote"
	"hydrant/engine/internal/rendering"
)

// TestIgnoredFiles: Flux packs a repository before it renders a chart of it.
func TestIgnoredFiles(t *testing.T) {
	files := chartOf(map[string]string{
		"values.yaml": "mode: plain\n", "templates/a.yaml": configMap("a", "a", ".Values.mode"), "templates/b.yaml": configMap("b", "b", "1"),
		"templates/c.yaml": configMap("c", "c", "1"), "templates/link.yaml": "-> ../../../other.yaml",
		"/other.yaml": configMap("linked", "d", "1"), "/charts/.sourceignore": "c.yaml\n", "/lean.yaml": "mode: lean\n",
	})
	ignore := func(patterns string) Source {
		source := app()
		source.Chart.Ignore = &patterns
		return source
	}
	for name, test := range map[string]struct {
		source Source
		want   string
	}{
		"as it stands":          {app(), "ConfigMap/a ConfigMap/b ConfigMap/c ConfigMap/linked"},
		"with .sourceignore":    {ignore(""), "ConfigMap/a ConfigMap/b"},
		"with further patterns": {ignore("/charts/app/templates/b.yaml\n"), "ConfigMap/a"},
		"taken back":            {ignore("!c.yaml\n"), "ConfigMap/a ConfigMap/b ConfigMap/c"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := names(rendered(t, fixture.Disk(t, files), test.source)); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
	t.Run("a values file that is left out", func(t *testing.T) {
		source := ignore("lean.yaml\n")
		source.Values = []Layer{{File: "lean.yaml"}}
		if _, err := Render(fixture.Disk(t, files), source, false); err == nil {
			t.Error("it is read")
		}
	})
	t.Run("a packed chart that was committed", func(t *testing.T) {
		chart := subchart("sub", subYAML)
		// By itself it has no values from above.
		chart["sub/templates/conf.yaml"] = configMap("c", "a", ".Values.a")
		archive := packedChart(t, chart)
		packed := with(files, map[string]string{"/charts/sub.tgz": "packed"})
		for patterns, isThere := range map[string]bool{"": true, "*.tgz\n": false, "/charts/*\n!/charts/sub.tgz\n": true} {
			source := app()
			source.Chart = ChartPlace{Archive: &archive, File: "charts/sub.tgz", Ignore: &patterns}
			_, err := Render(given(t, packed, &remote.Inputs{}), source, false)
			var found *rendering.Problem
			if isThere != (err == nil) || !isThere && (!errors.As(err, &found) || found.Kind != "missing-file") {
				t.Errorf("%q: %v", patterns, err)
			}
		}
	})
	t.Run("a values file that is left out, beside a packed chart", func(t *testing.T) {
		inputs := &remote.Inputs{}
		chart := subchart("sub", subYAML)
		chart["sub/templates/conf.yaml"] = configMap("c", "a", ".Values.mode")
		for name, patterns := range map[string]*string{"nobody's": nil, "as it stands": new(""), "left out": new("lean.yaml\n")} {
			archive := packedChart(t, chart)
			source := app(Layer{File: "lean.yaml"})
			source.Chart = ChartPlace{Archive: &archive, Ignore: patterns}
			_, err := Render(given(t, files, inputs), source, false)
			if isOut := name == "left out"; isOut != (err != nil) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}
