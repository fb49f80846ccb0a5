package helm

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"

	chart "helm.sh/helm/v4/pkg/chart/v2"

	"hydrant/engine/internal/redact"
)

var (
	// secretName are names of values that hold secrets, however they are used.
	secretName = regexp.MustCompile(`(?i)passw|passphrase|secret|token|credential|private.?key|api.?key|access.?key|auth`)
	reference  = regexp.MustCompile(`\.Values((?:\.\w+)+)`)
)

// secrets are the values that may be Secrets': those with telling names, and those that a
// template of a Secret refers to.
func (r *run) secrets() []string {
	var found []string
	add := func(value string) { found = append(found, value) }
	named(r.values, add)
	referred(r.chart, r.values, add)
	slices.Sort(found)
	return slices.Compact(found)
}

// hidden takes these values out of a message. A message of `fail` may print any value.
func (r *run) hidden(message string) string {
	secrets := map[string]string{}
	for i, value := range r.secrets() {
		secrets[strconv.Itoa(i)] = value
	}
	document, err := json.Marshal(map[string]any{"kind": "Secret", "stringData": secrets})
	if err != nil {
		return "The message may contain values of Secrets and is not shown."
	}
	return redact.Message(message, map[string][]byte{"values": document})
}

// named adds the texts below every name that suggests a secret.
func named(value any, add func(string)) {
	switch value := value.(type) {
	case map[string]any:
		for name, below := range value {
			if secretName.MatchString(name) {
				texts(below, add)
			} else {
				named(below, add)
			}
		}
	case []any:
		for _, item := range value {
			named(item, add)
		}
	}
}

// referred adds the values that the templates of Secrets name.
func referred(from *chart.Chart, values map[string]any, add func(string)) {
	for _, template := range from.Templates {
		text := string(template.Data)
		if !strings.Contains(text, "Secret") {
			continue
		}
		for _, match := range reference.FindAllStringSubmatch(text, -1) {
			texts(under(values, strings.Split(match[1][1:], ".")), add)
		}
	}
	for _, subchart := range from.Dependencies() {
		if below, ok := values[subchart.Name()].(map[string]any); ok {
			referred(subchart, below, add)
		}
	}
}

func under(values map[string]any, names []string) any {
	var value any = values
	for _, name := range names {
		mapping, ok := value.(map[string]any)
		if !ok {
			return nil
		}
		value = mapping[name]
	}
	return value
}

// texts adds all texts in a value.
func texts(value any, add func(string)) {
	switch value := value.(type) {
	case string:
		add(value)
	case map[string]any:
		for _, below := range value {
			texts(below, add)
		}
	case []any:
		for _, item := range value {
			texts(item, add)
		}
	}
}
