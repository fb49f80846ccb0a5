package crd

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	v1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

// DefinitionParams asks for CustomResourceDefinitions to be checked.
type DefinitionParams struct {
	Definitions []json.RawMessage `json:"definitions"`
}

// DefinitionReply has for each definition what the API server would refuse it for.
type DefinitionReply struct {
	Results []Result `json:"results"`
}

// Definitions checks CustomResourceDefinitions of apiextensions.k8s.io/v1 by what the API
// server has to say of their CEL rules: whether they compile, and what they may cost.
func Definitions(ctx context.Context, params DefinitionParams) (DefinitionReply, error) {
	reply := DefinitionReply{Results: []Result{}}
	for _, text := range params.Definitions {
		reply.Results = append(reply.Results, checkDefinition(ctx, text))
	}
	return reply, nil
}

func checkDefinition(ctx context.Context, text json.RawMessage) (result Result) {
	defer func() {
		if reason := recover(); reason != nil {
			result = unchecked("its rules made the validation fail")
		}
	}()
	var given v1.CustomResourceDefinition
	if err := json.Unmarshal(text, &given); err != nil {
		return unchecked(fmt.Sprintf("it cannot be read: %v", err))
	}
	v1.SetDefaults_CustomResourceDefinition(&given)
	var definition apiextensions.CustomResourceDefinition
	if err := v1.Convert_v1_CustomResourceDefinition_To_apiextensions_CustomResourceDefinition(&given, &definition, nil); err != nil {
		return unchecked(fmt.Sprintf("it cannot be read: %v", err))
	}
	var object any
	if err := json.Unmarshal(text, &object); err != nil {
		return unchecked(fmt.Sprintf("it cannot be read: %v", err))
	}
	result = unchecked()
	for _, err := range sorted(ruleErrors(ctx, &definition)) {
		path := steps(versioned(err.Field, definition.Spec), object, nil)
		result.Violations = append(result.Violations, Violation{FieldPath: path, Message: plain(err)})
	}
	return result
}

// ruleErrors are the errors on rules, also of those that another mistake of their schema keeps
// from being compiled. What such a rule may cost, and whether its old value is known, depends on
// what is wrong, so it is not told of these.
func ruleErrors(ctx context.Context, definition *apiextensions.CustomResourceDefinition) field.ErrorList {
	all := validation.ValidateCustomResourceDefinition(ctx, definition)
	found := onRules(all)
	if len(found) == len(all) {
		return found
	}
	told := map[string]bool{}
	for _, err := range found {
		told[err.Field] = true
	}
	for _, err := range onRules(validation.ValidateCustomResourceDefinition(ctx, sound(definition))) {
		depends := err.Type == field.ErrorTypeForbidden || strings.HasPrefix(err.Detail, "oldSelf cannot be used")
		if !depends && !told[err.Field] {
			found = append(found, err)
		}
	}
	return found
}

func onRules(all field.ErrorList) field.ErrorList {
	return all.Filter(func(err error) bool {
		var one *field.Error
		return !errors.As(err, &one) || !strings.Contains(one.Field, "x-kubernetes-validations")
	})
}

// versioned is the path in the definition as it is written: the conversion moves the schema
// that all versions have in common out of the versions.
func versioned(path string, spec apiextensions.CustomResourceDefinitionSpec) string {
	if rest, ok := strings.CutPrefix(path, "spec.validation."); ok && spec.Validation != nil {
		return "spec.versions[0].schema." + rest
	}
	return path
}
