// Package appset renders the templates of Argo CD's ApplicationSets, as its controller does
// (argo-cd, applicationset/utils and applicationset/controllers/template).
package appset

import (
	"encoding/json"
	"errors"
	"fmt"
)

// Params are templates to render, each with one set of a generator's parameters.
type Params struct {
	Templates []Template `json:"templates"`
}

// Template is any JSON whose strings are templates.
type Template struct {
	Template   any            `json:"template"`
	Parameters map[string]any `json:"parameters"`
	// GoTemplate is false for the simple form, `{{ name }}`.
	GoTemplate bool     `json:"goTemplate"`
	Options    []string `json:"options"`
	// Patch is a template itself, merged over what was rendered.
	Patch *string `json:"patch,omitempty"`
}

// Result is one rendered template, or why it could not be.
type Result struct {
	Result any     `json:"result,omitempty"`
	Error  *string `json:"error,omitempty"`
}

// Reply has one result per template, in order.
type Reply struct {
	Results []Result `json:"results"`
}

// Render renders each template on its own: one that is wrong is its own error.
func Render(params Params) Reply {
	reply := Reply{Results: make([]Result, 0, len(params.Templates))}
	for _, template := range params.Templates {
		result, err := template.render()
		if err != nil {
			message := err.Error()
			reply.Results = append(reply.Results, Result{Error: &message})
			continue
		}
		reply.Results = append(reply.Results, Result{Result: result})
	}
	return reply
}

func (t Template) render() (result any, err error) {
	defer func() {
		if broken := recover(); broken != nil {
			result, err = nil, fmt.Errorf("the template library failed: %v", broken)
		}
	}()
	replace := replacer(replaceSimple(flattened(t.Parameters)))
	if t.GoTemplate {
		replace = replaceGo(t.Parameters, t.Options)
	}
	result = t.Template
	// Argo CD leaves a template without parameters as it is.
	if len(t.Parameters) > 0 {
		if result, err = deeply(t.Template, replace); err != nil {
			return nil, err
		}
	}
	if t.Patch == nil {
		return result, nil
	}
	patch, err := replace(*t.Patch)
	if err != nil {
		return nil, fmt.Errorf("templatePatch: %w", err)
	}
	application, ok := result.(map[string]any)
	if !ok {
		return nil, errors.New("templatePatch: the template is not an object")
	}
	application, err = patched(application, patch)
	if err == nil && deeper(application, mostLevels) {
		return nil, fmt.Errorf("templatePatch: it is nested deeper than %d levels, which is not followed", mostLevels)
	}
	return application, err
}

// mostLevels is as deep as an Application may be nested; its readers call themselves for each level.
const mostLevels = 200

// deeper tells whether a value has more levels of lists and mappings.
func deeper(value any, levels int) bool {
	switch value := value.(type) {
	case map[string]any:
		for _, item := range value {
			if levels == 0 || deeper(item, levels-1) {
				return true
			}
		}
	case []any:
		for _, item := range value {
			if levels == 0 || deeper(item, levels-1) {
				return true
			}
		}
	}
	return false
}

// replacer renders one string.
type replacer func(text string) (string, error)

// deeply renders every string of a document, keys too.
func deeply(value any, replace replacer) (any, error) {
	switch value := value.(type) {
	case string:
		return replace(value)
	case []any:
		result := make([]any, len(value))
		for i, item := range value {
			rendered, err := deeply(item, replace)
			if err != nil {
				return nil, err
			}
			result[i] = rendered
		}
		return result, nil
	case map[string]any:
		result := make(map[string]any, len(value))
		for _, key := range sortedKeys(value) {
			rendered, err := deeply(value[key], replace)
			if err != nil {
				return nil, err
			}
			name, err := replace(key)
			if err != nil {
				return nil, err
			}
			result[name] = rendered
		}
		return result, nil
	default:
		return value, nil
	}
}

// copied is a document of its own: merging changes what it is given.
func copied(document map[string]any) (map[string]any, error) {
	text, err := json.Marshal(document)
	if err != nil {
		return nil, err
	}
	var result map[string]any
	return result, json.Unmarshal(text, &result)
}
