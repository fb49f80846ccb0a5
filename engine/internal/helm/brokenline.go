package helm

import (
	"strings"

	releaseutil "helm.sh/helm/v4/pkg/release/v1/util"
	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// brokenLine is the line of a template that keeps a document that it gives from being YAML.
// The document is looked for in a second rendering, with marks.
func (r *run) brokenLine(at place, text string) (mark, bool) {
	lines := strings.Split(text, "\n")
	culprit := culpritIn(lines)
	if culprit == 0 {
		return mark{}, false
	}
	again := newRun(r.disk, r.source)
	again.noBuild = r.noBuild
	again.marks = &marks{}
	// It fails as the first one did, and has rendered before that.
	_, _ = again.render()
	for name, marked := range again.marks.rendered {
		if again.marks.places[name] != at {
			continue
		}
		for _, document := range releaseutil.SplitManifests(marked) {
			if unmarked(document) == text {
				return again.marks.producing(strings.Split(document, "\n"), culprit)
			}
		}
	}
	return mark{}, false
}

// culpritIn is the line without which a text is YAML. A parser names the line where it stops,
// which may be the one after; 0 where none of them is it, or the parser names none.
func culpritIn(lines []string) int {
	_, err := yaml.Parse(strings.Join(lines, "\n"))
	if err == nil {
		return 0
	}
	_, stops := notYAML(err)
	for _, line := range []int{stops, stops - 1, stops + 1} {
		if stops == 0 || line < 1 || line > len(lines) {
			continue
		}
		without := append([]string(nil), lines...)
		without[line-1] = ""
		if _, err := yaml.Parse(strings.Join(without, "\n")); err == nil {
			return line
		}
	}
	return 0
}
