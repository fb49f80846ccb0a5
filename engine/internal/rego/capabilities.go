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

// allowed are the functions that policies may call: pure ones, with the same result
// everywhere. Each supplied one is known under the evaluator's name too.
func allowed(supplied []string) *ast.Capabilities {
	known := slices.Concat(strings.Fields(wasmBuiltins), supplied, erased)
	capabilities := ast.CapabilitiesForThisVersion()
	builtins := make([]*ast.Builtin, 0, len(known)+len(supplied))
	for _, builtin := range capabilities.Builtins {
		if !slices.Contains(known, builtin.Name) {
			continue
		}
		builtins = append(builtins, builtin)
		if slices.Contains(supplied, builtin.Name) {
			renamed := *builtin
			renamed.Name = evaluatorName(builtin.Name)
			if builtin.Name == ast.Sprintf.Name {
				texts := types.NewArray(nil, types.S)
				renamed.Decl = types.NewFunction(types.Args(types.S, types.NewArray(nil, types.A), texts), types.S)
			}
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
		if !ok || !slices.Contains(supplied, ref.String()) {
			return operator
		}
		to := ast.Ref{ast.VarTerm(evaluatorName(ref.String()))}
		if ref.String() == ast.Sprintf.Name {
			to = ast.MustParseRef("data.hydrant_supplied.sprintf")
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
	if !slices.Contains(supplied, ast.Sprintf.Name) {
		return modules
	}
	wrapper, _, _ := parse([]Module{{Path: "supplied.rego", Content: suppliedModule}})
	return append(modules, wrapper...)
}
