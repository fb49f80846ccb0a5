package causes

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

var (
	mayHoldValues = regexp.MustCompile(`\.(?:ya?ml|json)$`)
	holdsOther    = regexp.MustCompile(`(?:^|/)(?:templates/|crds/|Chart\.lock$)`)
)

// mostBytesOfValues is more than values have that people write.
const mostBytesOfValues = 512 << 10

// probesOf are the values of the source's layers, and of the files that may hold some.
func probesOf(input Input) []*probe {
	var all []*probe
	for _, one := range layersOf(input.Source) {
		found := probesIn(one.text, func(text string) (Change, bool) {
			source, err := withLayers(input.Source, map[int]map[string]any{one.at: one.with(text)})
			return Change{Source: source}, err == nil
		})
		for _, probe := range found {
			probe.layer = one.at
			// In JSON a text of several lines stands on one.
			if !strings.Contains(probe.value, "\n") || !one.isJSON {
				all = append(all, probe)
			}
		}
	}
	source, err := withLayers(input.Source, nil)
	for _, path := range input.paths() {
		content := input.Files[path]
		if err != nil || !mayHoldValues.MatchString(path) || holdsOther.MatchString(path) || len(content) > mostBytesOfValues || !utf8.Valid(content) {
			continue
		}
		found := probesIn(strings.TrimPrefix(string(content), "\ufeff"), func(text string) (Change, bool) {
			return Change{Path: path, Content: []byte(text), Source: source}, true
		})
		for _, probe := range found {
			probe.path = path
		}
		all = append(all, found...)
	}
	return all
}
