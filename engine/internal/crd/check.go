package crd

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	utiljson "k8s.io/apimachinery/pkg/util/json"
	"k8s.io/apimachinery/pkg/util/validation/field"
	celconfig "k8s.io/apiserver/pkg/apis/cel"

	"hydrant/engine/internal/celhidden"
)

// check asks the rules about one resource, as they are asked when it is created or updated.
func (r *ruleSet) check(ctx context.Context, resource Resource, hasStatus bool) (result Result) {
	defer func() {
		if reason := recover(); reason != nil {
			result = unchecked("a rule made the evaluation fail")
		}
	}()
	ctx, cancel := context.WithTimeout(ctx, resourceTime)
	defer cancel()
	object, err := r.read(resource.Object, hasStatus)
	if err != nil {
		return unchecked(err.Error())
	}
	if blocking := r.blocking(object, resource.Hidden); blocking != "" {
		return unchecked("its rules are checked when its fields are right: " + blocking)
	}
	secret := slices.Concat(resource.Hidden, resource.OldHidden)
	celhidden.Hide(object, secret)
	var old any
	if resource.Old != nil {
		before, err := r.read(resource.Old, hasStatus)
		if err != nil {
			return unchecked(err.Error())
		}
		celhidden.Hide(before, secret)
		old = before
	}
	errs, _ := r.validator.Validate(ctx, nil, r.schema, object, old, celconfig.RuntimeCELCostBudget)
	return r.result(errs, object, len(secret) > 0)
}

// read gives a resource as it is when the API server validates it: without unknown fields,
// with defaults, without a status that is not the client's to set.
func (r *ruleSet) read(text json.RawMessage, hasStatus bool) (map[string]any, error) {
	var object map[string]any
	if err := utiljson.Unmarshal(text, &object); err != nil {
		return nil, fmt.Errorf("it cannot be read: %w", err)
	}
	pruning.Prune(object, r.schema, true)
	defaulting.PruneNonNullableNullsWithoutDefaults(object, r.schema)
	defaulting.Default(object, r.schema)
	if hasStatus {
		delete(object, "status")
	}
	return object, nil
}

// blocking is the first mistake that keeps the API server from asking the rules: they may
// rely on types, required fields and limits (hasBlockingErr of registry/customresource).
func (r *ruleSet) blocking(object map[string]any, secret [][]any) string {
	shown := object
	if len(secret) > 0 {
		shown = copied(object).(map[string]any)
		celhidden.Blank(shown, secret)
	}
	for _, err := range sorted(validation.ValidateCustomResource(nil, shown, r.shape)) {
		path := steps(err.Field, shown, r.schema)
		if slices.ContainsFunc(secret, func(at []any) bool { return samePath(at, path) }) {
			continue
		}
		switch err.Type {
		case field.ErrorTypeNotSupported, field.ErrorTypeRequired, field.ErrorTypeTooLong, field.ErrorTypeTooMany, field.ErrorTypeTypeInvalid:
			return fmt.Sprintf("see %s", err.Field)
		}
	}
	return ""
}

// result sorts what the validator found into broken rules and rules that could not tell.
func (r *ruleSet) result(errs field.ErrorList, object map[string]any, secrets bool) Result {
	result := unchecked()
	reasons := map[string]bool{}
	for _, err := range sorted(errs) {
		message := plain(err)
		switch reason := uncheckedReason(message, secrets); {
		case err.Type == field.ErrorTypeInternal:
			reasons["a rule made the evaluation fail"] = true
		case reason != "":
			reasons[reason] = true
		default:
			result.Violations = append(result.Violations, Violation{FieldPath: steps(err.Field, object, r.schema), Message: message})
		}
	}
	for reason := range reasons {
		result.Unchecked = append(result.Unchecked, reason)
		if strings.HasPrefix(reason, tooCostly) || reason == tooSlow {
			// Which rules were asked before the end came is chance.
			result.Violations = []Violation{}
		}
	}
	slices.Sort(result.Unchecked)
	return result
}

const tooCostly = "the rules cost more than the API server allows for one resource, so it would refuse it"

// uncheckedReason tells why a rule could not tell; empty where it could.
func uncheckedReason(message string, secrets bool) string {
	switch {
	case strings.HasPrefix(message, "rule compile error:"), strings.HasPrefix(message, "rule compiler initialization error:"):
		return "a rule of its definition does not compile"
	case strings.Contains(message, "running out of cost budget"), strings.Contains(message, "call cost exceeds limit"), strings.HasPrefix(message, "runtime cost could not be calculated"):
		return tooCostly
	case strings.HasPrefix(message, "operation interrupted"):
		return tooSlow
	case secrets && strings.Contains(message, " evaluating rule: ") && celhidden.Looked(message):
		return "a rule looks at values that are hidden here"
	}
	return ""
}

// selfType has the time of compilation in its name.
var selfType = regexp.MustCompile(`selfType\d+`)

// plain is the rule's message. An error of the reason FieldValueDuplicate has none.
func plain(err *field.Error) string {
	text := err.Detail
	if text == "" {
		text = err.ErrorBody()
	}
	return selfType.ReplaceAllString(oneLine(text), "self")
}

// oneLine leaves out of a compiler's message the expression that it shows below.
func oneLine(text string) string {
	lines := strings.Split(text, "\n")
	kept := slices.DeleteFunc(lines, func(line string) bool { return strings.HasPrefix(line, " | ") })
	return strings.ReplaceAll(strings.Join(strings.Fields(strings.Join(kept, " ")), " "), "ERROR: <input>:", "at ")
}

// sorted puts errors into a fixed order: mappings are validated in a random one.
func sorted(errs field.ErrorList) field.ErrorList {
	slices.SortStableFunc(errs, func(a, b *field.Error) int {
		return cmp.Or(cmp.Compare(a.Field, b.Field), cmp.Compare(a.Detail, b.Detail))
	})
	return errs
}

func samePath(a, b []any) bool {
	return len(a) == len(b) && !slices.ContainsFunc(zip(a, b), func(pair [2]any) bool {
		return !reflect.DeepEqual(pair[0], pair[1])
	})
}

func zip(a, b []any) [][2]any {
	pairs := make([][2]any, len(a))
	for i := range a {
		pairs[i] = [2]any{a[i], b[i]}
	}
	return pairs
}

func copied(value any) any {
	switch value := value.(type) {
	case map[string]any:
		result := make(map[string]any, len(value))
		for name, inner := range value {
			result[name] = copied(inner)
		}
		return result
	case []any:
		result := make([]any, len(value))
		for i, inner := range value {
			result[i] = copied(inner)
		}
		return result
	}
	return value
}
