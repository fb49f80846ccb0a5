package flux

import (
	"context"
	"fmt"
	"regexp"

	"github.com/fluxcd/pkg/kustomize"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/kustomize/api/resource"
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"hydrant/engine/internal/rendering"
)

// Substitution is a Flux Kustomization's postBuild.
type Substitution struct {
	Variables map[string]string `json:"variables"`
	// Strict makes an error of a variable that is not there and has no default.
	Strict bool `json:"strict,omitempty"`
	// Always substitutes without variables, too: there may be defaults.
	Always bool `json:"always,omitempty"`
}

// Substitute fills in the variables of a resource, in place.
func (s Substitution) Substitute(node *yaml.RNode) error {
	variables := map[string]any{}
	for name, value := range s.Variables {
		variables[name] = value
	}
	kustomization := unstructured.Unstructured{Object: map[string]any{
		"spec": map[string]any{"postBuild": map[string]any{"substitute": variables}},
	}}
	changed, err := kustomize.SubstituteVariables(context.Background(), nil, kustomization, &resource.Resource{RNode: *node},
		kustomize.SubstituteWithDryRun(true), kustomize.SubstituteWithStrict(s.Strict), kustomize.SubstituteWithAlways(s.Always))
	if err != nil {
		return substitutionProblem(node, err)
	}
	// Nil is one that does not want it.
	if changed != nil {
		*node = changed.RNode
	}
	return nil
}

var (
	notSet      = regexp.MustCompile(`variable not set \(strict mode\): "([^"]*)"`)
	invalidName = regexp.MustCompile(`'([^']*)' var name is invalid`)
)

func substitutionProblem(node *yaml.RNode, err error) *rendering.Problem {
	where := node.GetKind() + " " + node.GetName()
	problem := &rendering.Problem{Kind: "substitution", Subject: &where,
		Message: fmt.Sprintf("The variables of %s cannot be substituted: %s.", where, err)}
	if match := notSet.FindStringSubmatch(err.Error()); match != nil {
		problem.Subject = &match[1]
		problem.Message = fmt.Sprintf("%s uses the variable %s, which is not set and has no default.", where, match[1])
	}
	if match := invalidName.FindStringSubmatch(err.Error()); match != nil {
		problem.Subject = &match[1]
		problem.Message = fmt.Sprintf("%s is not a name that a variable may have.", match[1])
	}
	return problem
}
