package admission

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
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
	compiler := newCompiler(spec, environment.StoredExpressions)
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

func newCompiler(spec v1.ValidatingAdmissionPolicySpec, mode environment.Type) *cel.CompositedCompiler {
	compiler, err := cel.NewCompositedCompiler(environment.MustBaseEnvSet(environment.DefaultCompatibilityVersion()))
	if err != nil {
		panic(err)
	}
	variables := make([]cel.NamedExpressionAccessor, len(spec.Variables))
	for i, one := range spec.Variables {
		variables[i] = &expression{name: one.Name, text: one.Expression, returns: anyType}
	}
	compiler.CompileAndStoreVariables(variables, cel.OptionalVariableDeclarations{HasParams: spec.ParamKind != nil, HasAuthorizer: true}, mode)
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

// PolicyParams asks for policies to be checked.
type PolicyParams struct {
	Policies []json.RawMessage `json:"policies"`
}

// PolicyReply has what is wrong with each policy.
type PolicyReply struct {
	Results []PolicyResult `json:"results"`
}

// PolicyResult has the expressions of a policy that do not compile.
type PolicyResult struct {
	Problems []PolicyProblem `json:"problems"`
}

// PolicyProblem is one of them.
type PolicyProblem struct {
	FieldPath []any  `json:"fieldPath"`
	Message   string `json:"message"`
}

// Policies compiles every expression of the policies, as the API server does before it takes them.
func Policies(params PolicyParams) PolicyReply {
	reply := PolicyReply{Results: []PolicyResult{}}
	for _, text := range params.Policies {
		reply.Results = append(reply.Results, PolicyResult{Problems: problems(text)})
	}
	return reply
}

func problems(text json.RawMessage) []PolicyProblem {
	policy, err := readPolicy(text)
	if err != nil {
		return []PolicyProblem{{FieldPath: []any{}, Message: fmt.Sprintf("it cannot be read: %v", err)}}
	}
	spec := policy.Spec
	compiler := newCompiler(spec, environment.NewExpressions)
	with := cel.OptionalVariableDeclarations{HasParams: spec.ParamKind != nil, HasAuthorizer: true}
	without := cel.OptionalVariableDeclarations{HasParams: spec.ParamKind != nil}
	found := []PolicyProblem{}
	check := func(one *expression, options cel.OptionalVariableDeclarations, path ...any) {
		if one.text == "" {
			return
		}
		result := compiler.CompileCELExpression(one, options, environment.NewExpressions)
		if result.Error != nil {
			found = append(found, PolicyProblem{FieldPath: append([]any{"spec"}, path...), Message: oneLine(result.Error.Detail)})
		}
	}
	for i, one := range spec.Variables {
		check(&expression{text: one.Expression, returns: anyType}, with, "variables", i, "expression")
	}
	for i, one := range spec.MatchConditions {
		check(&expression{text: one.Expression, returns: truth}, with, "matchConditions", i, "expression")
	}
	for i, one := range spec.Validations {
		check(&expression{text: one.Expression, returns: truth}, with, "validations", i, "expression")
		check(&expression{text: one.MessageExpression, returns: words}, without, "validations", i, "messageExpression")
	}
	return found
}

var shownCode = regexp.MustCompile(`(?m)^ \| .*$`)

// oneLine leaves out of a compiler's message the expression that it shows below.
func oneLine(text string) string {
	text = strings.Join(strings.Fields(shownCode.ReplaceAllString(text, "")), " ")
	return strings.ReplaceAll(text, "ERROR: <input>:", "at ")
}
