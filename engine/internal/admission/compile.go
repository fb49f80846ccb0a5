package admission

import (
	"crypto/sha256"
	"encoding/json"
	"regexp"
	"strings"
	"sync"

	celgo "github.com/google/cel-go/cel"
	v1 "k8s.io/api/admissionregistration/v1"
	"k8s.io/apiserver/pkg/admission/plugin/cel"
	"k8s.io/apiserver/pkg/cel/environment"
)

// expression is one CEL expression of a policy.
type expression struct {
	name, text string
	returns    []*celgo.Type
}

func (e *expression) GetExpression() string      { return e.text }
func (e *expression) ReturnTypes() []*celgo.Type { return e.returns }
func (e *expression) GetName() string            { return e.name }

var (
	truth   = []*celgo.Type{celgo.BoolType}
	words   = []*celgo.Type{celgo.StringType}
	anyType = []*celgo.Type{celgo.AnyType, celgo.DynType}
)

// compiledPolicy is a policy that is ready to be asked.
type compiledPolicy struct {
	name string
	spec v1.ValidatingAdmissionPolicySpec
	// text has all of its expressions.
	text                              string
	conditions, validations, messages cel.ConditionEvaluator
}

func readPolicy(text json.RawMessage) (*v1.ValidatingAdmissionPolicy, error) {
	var policy v1.ValidatingAdmissionPolicy
	if err := json.Unmarshal(text, &policy); err != nil {
		return nil, err
	}
	return &policy, nil
}

// kept has the newest policies: building the environment takes longer than asking.
var kept = struct {
	sync.Mutex
	policies map[[sha256.Size]byte]*compiledPolicy
}{policies: map[[sha256.Size]byte]*compiledPolicy{}}

const keptPolicies = 256

func compiled(policy *v1.ValidatingAdmissionPolicy, text json.RawMessage) *compiledPolicy {
	key := sha256.Sum256(text)
	kept.Lock()
	defer kept.Unlock()
	if known, ok := kept.policies[key]; ok {
		return known
	}
	if len(kept.policies) == keptPolicies {
		clear(kept.policies)
	}
	one := compile(policy)
	kept.policies[key] = one
	return one
}

// compile does what the API server's plugin does (compilePolicy of
// k8s.io/apiserver/pkg/admission/plugin/policy/validating), which cannot be had without all
// clients of a cluster.
func compile(policy *v1.ValidatingAdmissionPolicy) *compiledPolicy {
	spec := policy.Spec
	compiler := newCompiler(spec)
	one := &compiledPolicy{name: policy.Name, spec: spec}
	with := cel.OptionalVariableDeclarations{HasParams: spec.ParamKind != nil, HasAuthorizer: true}
	without := cel.OptionalVariableDeclarations{HasParams: spec.ParamKind != nil}
	parts := expressionsOf(spec)
	one.conditions = compiler.CompileCondition(parts.conditions, with, environment.StoredExpressions)
	one.validations = compiler.CompileCondition(parts.validations, with, environment.StoredExpressions)
	one.messages = compiler.CompileCondition(parts.messages, without, environment.StoredExpressions)
	for _, part := range [][]cel.ExpressionAccessor{parts.conditions, parts.validations} {
		for _, each := range part {
			one.text += each.GetExpression() + "\n"
		}
	}
	for _, variable := range spec.Variables {
		one.text += variable.Expression + "\n"
	}
	return one
}

func newCompiler(spec v1.ValidatingAdmissionPolicySpec) *cel.CompositedCompiler {
	compiler, err := cel.NewCompositedCompiler(environment.MustBaseEnvSet(environment.DefaultCompatibilityVersion()))
	if err != nil {
		panic(err)
	}
	variables := make([]cel.NamedExpressionAccessor, len(spec.Variables))
	for i, one := range spec.Variables {
		variables[i] = &expression{name: one.Name, text: one.Expression, returns: anyType}
	}
	compiler.CompileAndStoreVariables(variables, cel.OptionalVariableDeclarations{HasParams: spec.ParamKind != nil, HasAuthorizer: true}, environment.StoredExpressions)
	return compiler
}

type parts struct {
	conditions, validations, messages []cel.ExpressionAccessor
}

func expressionsOf(spec v1.ValidatingAdmissionPolicySpec) parts {
	var all parts
	for _, one := range spec.MatchConditions {
		all.conditions = append(all.conditions, &expression{name: one.Name, text: one.Expression, returns: truth})
	}
	for _, one := range spec.Validations {
		all.validations = append(all.validations, &expression{text: one.Expression, returns: truth})
		var message cel.ExpressionAccessor
		if one.MessageExpression != "" {
			message = &expression{text: one.MessageExpression, returns: words}
		}
		all.messages = append(all.messages, message)
	}
	return all
}

var shownCode = regexp.MustCompile(`(?m)^ \| .*$`)

// oneLine leaves out of a compiler's message the expression that it shows below.
func oneLine(text string) string {
	text = strings.Join(strings.Fields(shownCode.ReplaceAllString(text, "")), " ")
	return strings.ReplaceAll(text, "ERROR: <input>:", "at ")
}
