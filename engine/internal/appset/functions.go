package appset

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig/v3"
	"github.com/gosimple/slug"
	"sigs.k8s.io/yaml"

	"hydrant/engine/internal/tame"
)

// functions are Sprig's, without those that tell of the environment, and Argo CD's own. Equal parameters
// have equal random numbers, whatever those of other Applications are.
func functions(parameters map[string]any) template.FuncMap {
	all := tame.Functions(sprig.GenericFuncMap(), tame.NewChance(fmt.Sprint(parameters)))
	all["normalize"] = normalize
	all["slugify"] = slugify
	all["toYaml"] = toYAML
	all["fromYaml"] = fromYAML[map[string]any]
	all["fromYamlArray"] = fromYAML[[]any]
	return all
}

const (
	maxName      = 253
	maxSlug      = 50
	maxTplNested = 3
)

var notInName = regexp.MustCompile("[^-a-z0-9.]")

// normalize makes a DNS name of a text.
func normalize(text string) string {
	name := notInName.ReplaceAllString(strings.ToLower(text), "-")
	if len(name) > maxName {
		name = name[:maxName]
	}
	return strings.Trim(name, "-.")
}

// slugify takes the text last, after the longest length and whether to cut between words.
func slugify(args ...any) (string, error) {
	length, words := maxSlug, true
	var ok bool
	if len(args) == 0 || len(args) > 3 {
		return "", errors.New("slugify takes one to three arguments")
	}
	name, ok := args[len(args)-1].(string)
	if ok && len(args) > 1 {
		length, ok = args[0].(int)
	}
	if ok && len(args) > 2 {
		words, ok = args[1].(bool)
	}
	if !ok {
		return "", errors.New("slugify takes a length, true or false, and a text")
	}
	slug.MaxLength, slug.EnableSmartTruncate = length, words
	return slug.Make(normalize(name)), nil
}

func toYAML(value any) (string, error) {
	text, err := yaml.Marshal(value)
	return strings.TrimSuffix(string(text), "\n"), err
}

func fromYAML[T any](text string) (T, error) {
	var value T
	err := yaml.Unmarshal([]byte(text), &value)
	return value, err
}

// nested is the function tpl: it renders a text that a template made.
func nested(parent *template.Template) func(string, any) (string, error) {
	depth := 0
	return func(text string, values any) (string, error) {
		depth++
		defer func() { depth-- }()
		if depth > maxTplNested {
			return "", fmt.Errorf("maximum recursion depth %d exceeded in tpl function", maxTplNested)
		}
		clone, err := parent.Clone()
		if err != nil {
			return "", err
		}
		parsed, err := clone.New(parent.Name()).Parse(text)
		if err != nil {
			return "", fmt.Errorf("cannot parse template %q: %w", text, err)
		}
		var out strings.Builder
		if err := parsed.Execute(&out, values); err != nil {
			return "", fmt.Errorf("error during tpl function execution for %q: %w", text, err)
		}
		return strings.ReplaceAll(out.String(), "<no value>", ""), nil
	}
}
