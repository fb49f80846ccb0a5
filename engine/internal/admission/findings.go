package admission

import (
	"slices"

	v1 "k8s.io/api/admissionregistration/v1"
)

// findings gathers what the policies say of one resource, each once.
type findings struct {
	violations []Violation
	reasons    []Unchecked
}

func newFindings() *findings {
	return &findings{violations: []Violation{}, reasons: []Unchecked{}}
}

func (f *findings) unchecked(policy, reason string) {
	one := Unchecked{Policy: policy, Reason: reason}
	if !slices.Contains(f.reasons, one) {
		f.reasons = append(f.reasons, one)
	}
}

// violated adds a failed validation by the actions of the binding. Of several bindings that
// find the same, the strictest counts.
func (f *findings) violated(hook hook, message string) {
	action := ""
	if slices.Contains(hook.binding.Spec.ValidationActions, v1.Warn) {
		action = "warn"
	}
	if slices.Contains(hook.binding.Spec.ValidationActions, v1.Deny) {
		action = "deny"
	}
	if action == "" {
		return
	}
	one := Violation{Policy: hook.policy.name, Binding: hook.binding.Name, Action: action, Message: message}
	same := slices.IndexFunc(f.violations, func(other Violation) bool {
		return other.Policy == one.Policy && other.Message == one.Message
	})
	switch {
	case same < 0:
		f.violations = append(f.violations, one)
	case f.violations[same].Action == "warn" && action == "deny":
		f.violations[same] = one
	}
}

func (f *findings) result() Result {
	return Result{Violations: f.violations, Unchecked: f.reasons}
}
