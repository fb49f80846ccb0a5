// Package resourceset renders what a ResourceSet of the Flux Operator applies, with the template
// library that the operator uses (controlplaneio-fluxcd/flux-operator, internal/builder).
package resourceset

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"text/template"

	sprig "github.com/go-task/slim-sprig/v3"
	"github.com/gosimple/slug"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	numbers "k8s.io/apimachinery/pkg/util/json"
	kubernetes "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/kustomize/kyaml/yaml"
	written "sigs.k8s.io/yaml"

	"hydrant/engine/internal/gitfs"
	"hydrant/engine/internal/rendering"
	"hydrant/engine/internal/tame"
)

// Source are a ResourceSet's templates and inputs; src/model/renderSource.ts has the words.
type Source struct {
	// Inputs are one mapping each; without any the templates are rendered once.
	Inputs []json.RawMessage `json:"inputs"`
	Stages []Stage           `json:"stages"`
}

// Stage has templates that are objects, and one that is the text of several.
type Stage struct {
	Resources []json.RawMessage `json:"resources"`
	Template  string            `json:"template,omitempty"`
}

// disabled is the annotation of objects that are left out.
const disabled = "fluxcd.controlplane.io/reconcile"

// Render gives the objects in the order of the templates and, within one, of the inputs. Of equal
// objects of one step the first counts.
func Render(_ *gitfs.FileSystem, source Source, _ bool) ([]rendering.Item, error) {
	inputs, err := source.inputs()
	if err != nil {
		return nil, err
	}
	var items []rendering.Item
	seen := map[string]int{}
	for number, stage := range source.Stages {
		texts, err := stage.texts()
		if err != nil {
			return nil, err
		}
		for at, text := range texts {
			for _, input := range inputs {
				objects, err := objectsOf(text, input)
				if err != nil {
					return nil, err
				}
				// What has no inputs is left out where it is applied, and so stays in the cluster.
				isKept := input == nil && at < len(stage.Resources)
				for _, object := range objects {
					if !isKept && object.GetAnnotations()[disabled] == "disabled" {
						continue
					}
					key := strings.Join([]string{object.GroupVersionKind().Group, object.GetKind(), object.GetNamespace(), object.GetName()}, "/")
					if earlier, made := seen[key]; made && earlier != number {
						return nil, problem("Two steps of the ResourceSet make %s, which the Flux Operator refuses.", key)
					} else if made {
						continue
					}
					seen[key] = number
					node, err := yaml.FromMap(object.Object)
					if err != nil {
						return nil, err
					}
					items = append(items, rendering.Item{Node: node})
				}
			}
		}
	}
	return items, nil
}

// inputs are the sets of inputs; a single nil where there are none.
func (s Source) inputs() ([]map[string]any, error) {
	if len(s.Inputs) == 0 {
		return []map[string]any{nil}, nil
	}
	var all []map[string]any
	for _, text := range s.Inputs {
		var input map[string]any
		// As the API server reads them: whole numbers stay such.
		if err := numbers.Unmarshal(text, &input); err != nil {
			return nil, problem("An entry of its inputs is no mapping.")
		}
		all = append(all, input)
	}
	return all, nil
}

func (s Stage) texts() ([]string, error) {
	var texts []string
	for _, resource := range s.Resources {
		text, err := written.JSONToYAML(resource)
		if err != nil {
			return nil, err
		}
		texts = append(texts, string(text))
	}
	if s.Template != "" {
		texts = append(texts, s.Template)
	}
	return texts, nil
}

var (
	prefix = regexp.MustCompile(`^template: resourceset:(\d+:)*\s*(executing "resourceset" )?`)
	lines  = regexp.MustCompile(`yaml: (?:line \d+: )?([^\n]*)`)
)

func objectsOf(text string, input map[string]any) ([]*unstructured.Unstructured, error) {
	// The library keeps these for all of its users.
	slug.MaxLength, slug.EnableSmartTruncate = 63, true
	// Equal inputs have equal random numbers, whatever the others are.
	chance := tame.NewChance(fmt.Sprint(input))
	parsed, err := template.New("resourceset").Delims("<<", ">>").Funcs(tame.Functions(sprig.HermeticTxtFuncMap(), chance)).Funcs(template.FuncMap{
		"slugify": slug.Make, "inputs": func() any { return input }, "toYaml": toYAML, "mustToYaml": mustToYAML,
	}).Option("missingkey=error").Parse(text)
	var rendered bytes.Buffer
	if err == nil {
		err = parsed.Execute(&rendered, nil)
	}
	if err != nil {
		return nil, problem("A template of the ResourceSet cannot be rendered: %s.", prefix.ReplaceAllString(err.Error(), ""))
	}
	decoder := kubernetes.NewYAMLOrJSONDecoder(&rendered, 4096)
	var objects []*unstructured.Unstructured
	for {
		object := &unstructured.Unstructured{}
		err := decoder.Decode(&object)
		switch {
		case errors.Is(err, io.EOF):
			return objects, nil
		case err != nil:
			reason := "an object has no kind"
			if match := lines.FindStringSubmatch(err.Error()); match != nil {
				reason = match[1]
			}
			return nil, problem("What a template of the ResourceSet gives is no manifest: %s.", reason)
		case object != nil && len(object.Object) > 0:
			objects = append(objects, object)
		}
	}
}

func problem(format string, blanks ...any) *rendering.Problem {
	return &rendering.Problem{Kind: "template", Message: fmt.Sprintf(format, blanks...)}
}

func toYAML(value any) string {
	text, _ := mustToYAML(value)
	return text
}

func mustToYAML(value any) (string, error) {
	text, err := written.Marshal(value)
	return string(text), err
}
