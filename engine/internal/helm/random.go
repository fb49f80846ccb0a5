package helm

import (
	"fmt"
	"text/template"

	"helm.sh/helm/v4/pkg/chart/common"

	"hydrant/engine/internal/tame"
)

// newChance gives the same release of a chart the same random values.
func newChance(release, namespace string) *tame.Chance {
	return tame.NewChance(fmt.Sprintf("%q %q", namespace, release))
}

// enterFunction is called at the beginning of every template.
const enterFunction = "hydrantEnter"

const enter = "{{" + enterFunction + " .}}"

// functions are laid over those of helm's engine.
func functions(chance *tame.Chance) template.FuncMap {
	all := tame.StandIns(chance)
	all[enterFunction] = func(dot any) string {
		note(chance, dot)
		return ""
	}
	return all
}

// note remembers which template is executed. An included template sees what it is given,
// which may be anything.
func note(chance *tame.Chance, dot any) {
	var about any
	switch values := dot.(type) {
	case common.Values:
		about = values["Template"]
	case map[string]any:
		about = values["Template"]
	}
	if named, ok := about.(common.Values); ok {
		chance.Template, _ = named["Name"].(string)
	}
}
