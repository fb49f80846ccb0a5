// Package validation holds built-in objects to the rules of the API server's own validation,
// by its own code: an object is decoded, filled with defaults and validated as on a create
// request, with the feature gates of the wanted version.
package validation

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"
)

// Params asks what the API server of a version says of objects.
type Params struct {
	// Version is a minor version such as 1.36.
	Version string `json:"version"`
	// Objects are manifests as JSON.
	Objects []json.RawMessage `json:"objects"`
}

// Reply has one result for each object, in order.
type Reply struct {
	Results []Result `json:"results"`
}

// Result is what the API server would answer.
type Result struct {
	// Checked is false for kinds that have no validation here.
	Checked bool `json:"checked"`
	// Problem says why the object could not be read.
	Problem string `json:"problem,omitempty"`
	// Errors are the reasons to refuse it.
	Errors []Violation `json:"errors,omitempty"`
	// Warnings are what kubectl prints behind "Warning:"; only of an object without errors.
	Warnings []string `json:"warnings,omitempty"`
}

// Violation is one broken rule.
type Violation struct {
	// Type is the upstream name of the error, such as FieldValueRequired.
	Type string `json:"type"`
	// Field is the path, such as spec.containers[0].name.
	Field string `json:"field"`
	// Message is upstream's, with the value where it is short.
	Message string `json:"message"`
	// Detail is the message without the value and without the type's name.
	Detail string `json:"detail"`
}

// Validate never fails for an object: what is wrong with it is in its result.
func Validate(ctx context.Context, params Params) (Reply, error) {
	restore, err := emulate(params.Version)
	if err != nil {
		return Reply{}, err
	}
	defer restore()
	reply := Reply{Results: make([]Result, 0, len(params.Objects))}
	for _, object := range params.Objects {
		reply.Results = append(reply.Results, validate(ctx, object))
	}
	return reply, nil
}

func validate(ctx context.Context, manifest []byte) (result Result) {
	defer func() {
		// Upstream's code on an input that upstream never saw: the others go on.
		if failure := recover(); failure != nil {
			result = Result{Checked: false, Problem: fmt.Sprintf("the validation of Kubernetes failed on it (%T)", failure)}
		}
	}()
	return create(ctx, manifest)
}

func violations(errors field.ErrorList) []Violation {
	found := make([]Violation, 0, len(errors))
	for _, err := range errors {
		// Not the object's fault.
		if err.Type == field.ErrorTypeInternal {
			continue
		}
		found = append(found, Violation{Type: string(err.Type), Field: err.Field, Message: message(err), Detail: err.Detail})
	}
	return found
}

const longestValue = 80

// message leaves out a value that is too long for a sentence.
func message(err *field.Error) string {
	if body := err.ErrorBody(); len(body)-len(err.Detail)-len(err.Type.String()) <= longestValue {
		return body
	}
	return strings.TrimSuffix(err.Type.String()+": "+err.Detail, ": ")
}
