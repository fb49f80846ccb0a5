// Package admission asks ValidatingAdmissionPolicies about objects, with the API server's own
// compiler and evaluation of CEL. What only a running cluster knows is reported as unchecked.
package admission

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	v1 "k8s.io/api/admissionregistration/v1"
	corev1 "k8s.io/api/core/v1"
)

// Params asks what a cluster with the policies, bindings and other objects would say of resources.
type Params struct {
	Policies []json.RawMessage `json:"policies"`
	Bindings []json.RawMessage `json:"bindings"`
	// Params are the objects that bindings may refer to.
	Params     []Object          `json:"params"`
	Namespaces []json.RawMessage `json:"namespaces"`
	Resources  []Resource        `json:"resources"`
}

// Object is an object with the paths of values that are not given.
type Object struct {
	Object json.RawMessage `json:"object"`
	Hidden [][]any         `json:"hidden,omitempty"`
}

// Resource is an object that is created, or updated where it has an old one.
type Resource struct {
	Object
	Old       json.RawMessage `json:"old,omitempty"`
	OldHidden [][]any         `json:"oldHidden,omitempty"`
	// Unknown is why it is not known whether there is an old one; empty where it is known.
	Unknown string `json:"unknown,omitempty"`
	// Resource is the plural name of the kind; guessed where it is empty.
	Resource   string `json:"resource,omitempty"`
	Namespaced bool   `json:"namespaced"`
	// Complete tells that the object has its defaults.
	Complete bool `json:"complete"`
}

// Reply has a result for each resource.
type Reply struct {
	Results []Result `json:"results"`
}

// Result is what the policies say of one resource.
type Result struct {
	Violations []Violation `json:"violations"`
	Unchecked  []Unchecked `json:"unchecked"`
}

// Violation is a validation that a resource fails.
type Violation struct {
	Policy  string `json:"policy"`
	Binding string `json:"binding"`
	// Action is deny or warn.
	Action  string `json:"action"`
	Message string `json:"message"`
}

// Unchecked is a policy that could not tell, and why, as a part of a sentence.
type Unchecked struct {
	Policy string `json:"policy"`
	Reason string `json:"reason"`
}

// What one resource may take, and all of them, beside the API server's limits on cost.
const (
	resourceTime = 5 * time.Second
	totalTime    = 20 * time.Second
)

const tooSlow = "its expressions took too long"

// cluster is what the policies see besides the resource.
type cluster struct {
	hooks      []hook
	params     []*param
	namespaces map[string]*corev1.Namespace
}

// hook is a policy with one of its bindings.
type hook struct {
	policy  *compiledPolicy
	binding *v1.ValidatingAdmissionPolicyBinding
}

// Validate asks all policies that are bound.
func Validate(ctx context.Context, params Params) (Reply, error) {
	reply := Reply{Results: []Result{}}
	known, err := newCluster(params)
	if err != nil {
		return reply, err
	}
	ctx, cancel := context.WithTimeout(ctx, totalTime)
	defer cancel()
	for _, resource := range params.Resources {
		reply.Results = append(reply.Results, known.judge(ctx, resource))
	}
	return reply, nil
}

func newCluster(params Params) (*cluster, error) {
	known := &cluster{namespaces: map[string]*corev1.Namespace{}}
	policies := map[string]*compiledPolicy{}
	for _, text := range params.Policies {
		policy, err := readPolicy(text)
		if err != nil {
			// Its own finding says so; what cannot be read is not in force.
			continue
		}
		policies[policy.Name] = compiled(policy, text)
	}
	for _, text := range params.Bindings {
		var binding v1.ValidatingAdmissionPolicyBinding
		if err := json.Unmarshal(text, &binding); err != nil {
			continue
		}
		if policy, ok := policies[binding.Spec.PolicyName]; ok {
			known.hooks = append(known.hooks, hook{policy, &binding})
		}
	}
	for _, text := range params.Namespaces {
		var namespace corev1.Namespace
		if err := json.Unmarshal(text, &namespace); err != nil {
			continue
		}
		known.namespaces[namespace.Name] = &namespace
	}
	for _, object := range params.Params {
		one, err := newParam(object)
		if err != nil {
			return nil, fmt.Errorf("a parameter cannot be read: %w", err)
		}
		known.params = append(known.params, one)
	}
	return known, nil
}

// judge asks the policies about one resource. One that fails is unchecked; the others go on.
func (c *cluster) judge(ctx context.Context, resource Resource) Result {
	ctx, cancel := context.WithTimeout(ctx, resourceTime)
	defer cancel()
	found := newFindings()
	one, err := newRequest(resource)
	for _, hook := range c.hooks {
		if err != nil {
			found.unchecked(hook.policy.name, err.Error())
			continue
		}
		if ctx.Err() != nil {
			found.unchecked(hook.policy.name, tooSlow)
			continue
		}
		c.ask(ctx, hook, one, found)
	}
	return found.result()
}

func (c *cluster) ask(ctx context.Context, hook hook, one *request, found *findings) {
	defer func() {
		if reason := recover(); reason != nil {
			found.unchecked(hook.policy.name, "its evaluation failed")
		}
	}()
	matches, reason := c.matches(hook, one)
	if reason != "" {
		found.unchecked(hook.policy.name, reason)
	}
	if !matches || reason != "" {
		return
	}
	params, reason := c.paramsFor(hook, one)
	if reason != "" {
		found.unchecked(hook.policy.name, reason)
		return
	}
	_, rendered := c.namespaces[one.GetNamespace()]
	for _, param := range params {
		hook.evaluate(ctx, one, param, c.namespaceOf(one), rendered, found)
	}
}
