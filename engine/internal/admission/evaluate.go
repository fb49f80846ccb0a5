package admission

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/google/cel-go/common/types"
	admissionv1 "k8s.io/api/admission/v1"
	v1 "k8s.io/api/admissionregistration/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apiserver/pkg/admission"
	"k8s.io/apiserver/pkg/admission/plugin/cel"
	celconfig "k8s.io/apiserver/pkg/apis/cel"

	"hydrant/engine/internal/celhidden"
)

// evaluation is one policy, binding and parameter on one request.
type evaluation struct {
	hook
	request   *request
	versioned *admission.VersionedAttributes
	admission *admissionv1.AdmissionRequest
	variables cel.OptionalVariableBindings
	namespace *corev1.Namespace
	// rendered tells that the namespace is, with its labels.
	rendered bool
	found    *findings
}

// evaluate does what the API server's validator does (Validate of
// k8s.io/apiserver/pkg/admission/plugin/policy/validating), but tells apart what fails from
// what cannot be known outside of a cluster.
func (h hook) evaluate(ctx context.Context, one *request, param runtime.Object, namespace *corev1.Namespace, rendered bool, found *findings) {
	versioned, err := admission.NewVersionedAttributes(one, one.gvk, nil)
	if err != nil {
		found.unchecked(h.policy.name, "its evaluation failed")
		return
	}
	run := &evaluation{
		hook: h, request: one, versioned: versioned, namespace: namespace, rendered: rendered, found: found,
		admission: cel.CreateAdmissionRequest(one, metav1.GroupVersionResource(one.gvr), metav1.GroupVersionKind(one.gvk)),
		variables: cel.OptionalVariableBindings{VersionedParams: param},
	}
	if run.applies(ctx) {
		run.validate(ctx)
	}
}

// applies asks the match conditions: one that is false is enough, whatever the others say.
func (e *evaluation) applies(ctx context.Context) bool {
	results, _, err := e.policy.conditions.ForInput(ctx, e.versioned, e.admission, e.variables, nil, celconfig.RuntimeCELCostBudgetMatchConditions)
	if err != nil {
		e.failed(err.Error(), "")
		return false
	}
	failed := ""
	unknown := ""
	for _, result := range results {
		switch text := result.ExpressionAccessor.GetExpression(); {
		case e.unknowable(text) != "":
			unknown = e.unknowable(text)
		case result.Error != nil:
			failed = result.Error.Error()
		case result.EvalResult == types.False:
			return false
		}
	}
	if unknown != "" {
		e.found.unchecked(e.policy.name, unknown)
		return false
	}
	if failed != "" {
		e.failed(failed, "")
		return false
	}
	return true
}

func (e *evaluation) validate(ctx context.Context) {
	results, left, err := e.policy.validations.ForInput(ctx, e.versioned, e.admission, e.variables, e.namespace, celconfig.RuntimeCELCostBudget)
	if err != nil {
		e.failed(err.Error(), "")
		return
	}
	messages, _, err := e.policy.messages.ForInput(ctx, e.versioned, e.admission, e.variables, e.namespace, left)
	if err != nil {
		messages = nil
	}
	for i, result := range results {
		validation := e.policy.spec.Validations[i]
		switch reason := e.unknowable(validation.Expression); {
		case reason != "":
			e.found.unchecked(e.policy.name, reason)
		case result.Error != nil:
			e.failed(result.Error.Error(), validation.Expression)
		case result.EvalResult != types.True:
			computed := ""
			if i < len(messages) {
				computed = messageOf(messages[i])
			}
			e.found.violated(e.hook, chosen(computed, validation))
		}
	}
}

// messageOf is a computed message; none where it fails or is not one line of a fair length.
func messageOf(result cel.EvaluationResult) string {
	if result.Error != nil || result.EvalResult == nil {
		return ""
	}
	text, _ := result.EvalResult.Value().(string)
	text = strings.TrimSpace(text)
	if len(text) > celconfig.MaxEvaluatedMessageExpressionSizeBytes || strings.Contains(text, "\n") {
		return ""
	}
	return text
}

func chosen(computed string, validation v1.Validation) string {
	if computed != "" {
		return computed
	}
	if text := strings.TrimSpace(validation.Message); text != "" {
		return oneLine(text)
	}
	return "failed expression: " + oneLine(validation.Expression)
}

// failed is an expression that gave no answer: unchecked where a cluster may have one, and
// else what the failure policy makes of it.
func (e *evaluation) failed(detail, expression string) {
	if reason := e.undecided(detail); reason != "" {
		e.found.unchecked(e.policy.name, reason)
		return
	}
	if policy := e.policy.spec.FailurePolicy; policy != nil && *policy == v1.Ignore {
		return
	}
	e.found.violated(e.hook, oneLine(detail))
}

var (
	missing = regexp.MustCompile(`no such key: (\S+)`)
	user    = regexp.MustCompile(`\brequest\s*\.\s*userInfo\b`)
	around  = regexp.MustCompile(`\bnamespaceObject\b`)
	// its name is known in any case.
	nameOnly = regexp.MustCompile(`\bnamespaceObject\.metadata\.name\b`)
)

// unknowable names what an expression looks at that only a running cluster has; empty for nothing.
func (e *evaluation) unknowable(text string) string {
	// A variable may look at those before it.
	for _, variable := range slices.Backward(e.policy.spec.Variables) {
		if strings.Contains(text, "variables."+variable.Name) {
			text += "\n" + variable.Expression
		}
	}
	if user.MatchString(text) {
		return "it looks at the user who sends the request"
	}
	if around.MatchString(nameOnly.ReplaceAllString(text, "")) && e.namespace != nil && !e.rendered {
		return fmt.Sprintf("it looks at the namespace %s, and no such Namespace is rendered", e.namespace.Name)
	}
	return ""
}

// undecided tells why an error of an expression says nothing of what a cluster would do.
func (e *evaluation) undecided(detail string) string {
	switch {
	case celhidden.Looked(detail):
		return "it looks at values that are hidden here"
	case strings.Contains(detail, "no such attribute") && strings.Contains(detail, "authorizer"):
		return "it asks the cluster's authorizer"
	case strings.Contains(detail, "operation interrupted"):
		return tooSlow
	case strings.Contains(detail, "cost budget"), strings.Contains(detail, "cost limit exceeded"):
		return "its expressions cost more than the API server allows, so it would fail"
	case e.policyDoesNotCompile(detail):
		return "it does not compile"
	}
	if e.request.complete {
		return ""
	}
	if found := missing.FindStringSubmatch(detail); found != nil {
		return fmt.Sprintf("it needs the field %s, which the manifest leaves to the API server's defaults", found[1])
	}
	if strings.Contains(detail, "no such overload") {
		return "it needs a value in the form that the API server gives it"
	}
	return ""
}

func (e *evaluation) policyDoesNotCompile(detail string) bool {
	return strings.HasPrefix(detail, "compilation error:") || strings.Contains(detail, "fails to compile:")
}
