// Package crd checks custom resources by the CEL rules of their definitions, and the
// definitions themselves, with the API server's own code.
package crd

import (
	"context"
	"encoding/json"
	"time"
)

// Params asks for resources to be checked by the rules of one version of their definition.
type Params struct {
	// Schema is the version's openAPIV3Schema.
	Schema json.RawMessage `json:"schema"`
	// HasStatus tells that the API server clears the status of what is applied.
	HasStatus bool `json:"hasStatus"`
	// Compare tells that Old is known. Without it, rules that look at oldSelf are left out.
	Compare   bool       `json:"compare"`
	Resources []Resource `json:"resources"`
}

// Resource is one custom resource, and what it was before where it was there.
type Resource struct {
	Object json.RawMessage `json:"object"`
	Old    json.RawMessage `json:"old,omitempty"`
	// Hidden has the paths of values that are not given.
	Hidden    [][]any `json:"hidden,omitempty"`
	OldHidden [][]any `json:"oldHidden,omitempty"`
}

// Reply has a result for each resource, or says why the schema has none.
type Reply struct {
	// Problem tells why the schema cannot be used.
	Problem string `json:"problem,omitempty"`
	// Rules tells whether the schema has any.
	Rules bool `json:"-"`
	// Transitions tells whether any of the rules looks at oldSelf.
	Transitions bool     `json:"transitions"`
	Results     []Result `json:"results"`
}

// Result is what the rules say of one resource.
type Result struct {
	Violations []Violation `json:"violations"`
	// Unchecked has the reasons why rules could not tell, each a part of a sentence.
	Unchecked []string `json:"unchecked"`
}

// Violation is one broken rule.
type Violation struct {
	FieldPath []any  `json:"fieldPath"`
	Message   string `json:"message"`
}

// Two limits in time, beside those that the API server has on cost: what one resource may
// take, and all of them.
const (
	resourceTime = 5 * time.Second
	totalTime    = 20 * time.Second
)

const tooSlow = "its rules took too long"

// Validate checks the resources. What goes wrong with one of them is in its result.
func Validate(ctx context.Context, params Params) (Reply, error) {
	reply := Reply{Results: []Result{}}
	rules, err := compiled(params.Schema, params.Compare)
	if err != nil {
		reply.Problem = err.Error()
		return reply, nil
	}
	reply.Rules, reply.Transitions = rules.validator != nil, rules.transitions
	if !reply.Rules {
		return reply, nil
	}
	ctx, cancel := context.WithTimeout(ctx, totalTime)
	defer cancel()
	for _, resource := range params.Resources {
		if ctx.Err() != nil {
			reply.Results = append(reply.Results, unchecked(tooSlow))
			continue
		}
		reply.Results = append(reply.Results, rules.check(ctx, resource, params.HasStatus))
	}
	return reply, nil
}

func unchecked(reasons ...string) Result {
	return Result{Violations: []Violation{}, Unchecked: append([]string{}, reasons...)}
}
