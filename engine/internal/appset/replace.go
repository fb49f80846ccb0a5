package appset

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template"

	"github.com/valyala/fasttemplate"
)

var templated = regexp.MustCompile(".*{{.*}}.*")

// replaceSimple fills in `{{ name }}`; a name that is unknown stays as it is.
func replaceSimple(parameters map[string]string) replacer {
	return func(text string) (string, error) {
		if !templated.MatchString(text) {
			return text, nil
		}
		parsed, err := fasttemplate.NewTemplate(text, "{{", "}}")
		if err != nil {
			return "", fmt.Errorf("invalid template: %w", err)
		}
		return parsed.ExecuteFuncString(func(w io.Writer, tag string) (int, error) {
			value, ok := parameters[strings.TrimSpace(tag)]
			if !ok {
				return fmt.Fprintf(w, "{{%s}}", tag)
			}
			return w.Write([]byte(value))
		}), nil
	}
}

// flattened gives nested parameters names with dots, and texts in place of other values, as
// Argo CD's generators do for the simple form.
func flattened(parameters map[string]any) map[string]string {
	flat := map[string]string{}
	var add func(name string, value any)
	add = func(name string, value any) {
		switch value := value.(type) {
		case map[string]any:
			for key, inner := range value {
				add(name+"."+key, inner)
			}
		case []any:
			for i, inner := range value {
				add(name+"."+strconv.Itoa(i), inner)
			}
		default:
			flat[name] = fmt.Sprint(value)
		}
	}
	for name, value := range parameters {
		if name != "" {
			add(name, value)
		}
	}
	return flat
}

// replaceGo renders Go templates with the functions of an ApplicationSet.
func replaceGo(parameters map[string]any, options []string) replacer {
	known := functions(parameters)
	return func(text string) (string, error) {
		base := template.New("base").Funcs(known)
		for _, option := range options {
			if !slices.Contains(knownOptions, option) {
				return "", fmt.Errorf("unknown option of goTemplateOptions: %s", option)
			}
			base = base.Option(option)
		}
		base = base.Funcs(template.FuncMap{"tpl": nested(base)})
		parsed, err := base.Parse(text)
		if err != nil {
			return "", fmt.Errorf("failed to parse template %s: %w", text, err)
		}
		var out bytes.Buffer
		if err := parsed.Execute(&out, parameters); err != nil {
			return "", fmt.Errorf("failed to execute go template %s: %w", text, err)
		}
		return out.String(), nil
	}
}

// knownOptions are those that text/template has; it panics at others.
var knownOptions = []string{"missingkey=default", "missingkey=invalid", "missingkey=zero", "missingkey=error"}

func sortedKeys(object map[string]any) []string {
	return slices.Sorted(maps.Keys(object))
}
