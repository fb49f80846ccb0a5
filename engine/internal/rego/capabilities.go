package rego

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/bundle"
	"github.com/open-policy-agent/opa/v1/types"
)

// The functions that every WebAssembly policy brings along: those marked `wasm` in OPA's
// builtin_metadata.json.
//
//go:embed wasm_builtins.txt
var wasmBuiltins string

// Printing and metadata are erased by the compiler, so no evaluator needs to know them.
var erased = []string{"print", "internal.print", "rego.metadata.chain", "rego.metadata.rule"}

// A function that needs more than its own arguments is called through a rule of this module.
//
//go:embed supplied.rego
var suppliedModule string

// wrapped are the functions that supplied.rego has a rule for, with the number of arguments
// that the evaluator is asked with.
var wrapped = map[string]int{
	"json.marshal":           1,
	"net.cidr_expand":        1,
	"net.cidr_merge":         1,
	"object.subset":          3,
	"sprintf":                3,
	"time.add_date":          4,
	"time.clock":             1,
	"time.date":              1,
	"time.diff":              2,
	"time.weekday":           1,
	"urlquery.encode_object": 1,
	"yaml.marshal":           1,
}

// reordered are functions that WebAssembly brings along but that take the members of a set in
// another order than OPA does, with the rule of supplied.rego for each.
var reordered = map[string]string{"concat": "concat_in_order"}

// allowed are the functions that policies may call: pure ones, with the same result
// everywhere. Each supplied one is known under the evaluator's name too.
func allowed(supplied []string) *ast.Capabilities {
	known := slices.Concat(strings.Fields(wasmBuiltins), supplied, erased)
	capabilities := ast.CapabilitiesForThisVersion()
	builtins := make([]*ast.Builtin, 0, len(known)+len(supplied)+len(wrapped))
	for name, arity := range wrapped {
		args := slices.Repeat([]types.Type{types.A}, arity)
		builtins = append(builtins, &ast.Builtin{Name: evaluatorName(name), Decl: types.NewFunction(args, types.A)})
	}
	for _, builtin := range capabilities.Builtins {
		if !slices.Contains(known, builtin.Name) {
			continue
		}
		builtins = append(builtins, builtin)
		if _, has := wrapped[builtin.Name]; !has && slices.Contains(supplied, builtin.Name) {
			renamed := *builtin
			renamed.Name = evaluatorName(builtin.Name)
			builtins = append(builtins, &renamed)
		}
	}
	capabilities.Builtins = builtins
	capabilities.AllowNet = []string{}
	return capabilities
}

// evaluatorName is the name under which the evaluator is asked for a supplied function. The
// SDK prefers its own function where it has one of the name, and its sprintf and regex.split
// differ from OPA's.
func evaluatorName(builtin string) string {
	return "supplied_" + strings.ReplaceAll(builtin, ".", "_")
}

// supply redirects the calls of supplied functions. It comes after the check, so that no
// error message has the new names.
func supply(modules []bundle.ModuleFile, supplied []string) []bundle.ModuleFile {
	redirect := func(operator *ast.Term) *ast.Term {
		ref, ok := operator.Value.(ast.Ref)
		if !ok {
			return operator
		}
		to := redirection(ref.String(), supplied)
		if to == nil {
			return operator
		}
		return ast.NewTerm(to).SetLocation(operator.Location)
	}
	visitor := ast.NewGenericVisitor(func(node any) bool {
		switch node := node.(type) {
		case *ast.Expr:
			if terms, ok := node.Terms.([]*ast.Term); ok {
				terms[0] = redirect(terms[0])
			}
		case *ast.With:
			node.Target = redirect(node.Target)
		case ast.Call:
			node[0] = redirect(node[0])
		}
		return false
	})
	for _, file := range modules {
		visitor.Walk(file.Parsed)
	}
	wrapper, _, _ := parse([]Module{{Path: "supplied.rego", Content: suppliedModule}})
	return append(modules, wrapper...)
}

// redirection is what is called in place of a function; nil where that is the function itself.
func redirection(function string, supplied []string) ast.Ref {
	rule := reordered[function]
	if slices.Contains(supplied, function) {
		if _, has := wrapped[function]; !has {
			return ast.Ref{ast.VarTerm(evaluatorName(function))}
		}
		rule = strings.ReplaceAll(function, ".", "_")
	}
	if rule == "" {
		return nil
	}
	return ast.MustParseRef("data.hydrant_supplied." + rule)
}
