// Package rego compiles Rego v1 to WebAssembly and runs Rego tests, with the upstream
// library.
package rego

import (
	"bytes"
	"cmp"
	"context"
	"encoding/base64"
	"errors"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/bundle"
	"github.com/open-policy-agent/opa/v1/compile"
)

// Module is one Rego file.
type Module struct {
	Path    string `json:"path"`
	Content string `json:"content"`
}

// CompileParams asks for the WebAssembly of modules.
type CompileParams struct {
	Modules []Module `json:"modules"`
	// Builtins are the functions that the evaluator supplies, under the names of evaluatorName.
	Builtins []string `json:"builtins"`
	// Form is hydrant (deny and warn in packages hydrant.<category>.<rule>) or conftest (deny,
	// violation and warn, with or without a suffix, in any package).
	Form string `json:"form"`
	// Data is what the evaluator adds under data; no rule may stand where it does.
	Data map[string]any `json:"data,omitempty"`
	// Combine names modules whose rules get all resources of a target at once, as if their
	// METADATA said so.
	Combine []string `json:"combine,omitempty"`
}

// CompileReply has the module of all that compiled, and the errors of the rest.
type CompileReply struct {
	Wasm        string       `json:"wasm,omitempty"`
	Entrypoints []Entrypoint `json:"entrypoints,omitempty"`
	Errors      []Error      `json:"errors"`
}

// Compile compiles what can be compiled. A module with an error is left out, and so is one
// that uses what a left-out one defines; every error is reported.
func Compile(ctx context.Context, params CompileParams) (CompileReply, error) {
	capabilities := allowed(params.Builtins)
	modules, dropped, problems := parse(params.Modules)
	combined := combinedRules(modules, params.Combine)
	for len(modules) > 0 {
		failed := append(check(modules, params.Data, dropped, capabilities), combined.conflicts(modules, params.Form)...)
		if len(failed) == 0 {
			break
		}
		problems = append(problems, failed...)
		kept := modules[:0:0]
		for _, file := range modules {
			if names(failed, file.Path) {
				dropped = append(dropped, definitionsOf(file.Parsed, file.Path))
			} else {
				kept = append(kept, file)
			}
		}
		if len(kept) == len(modules) {
			return CompileReply{Errors: sorted(problems)}, nil
		}
		modules = kept
	}
	reply := CompileReply{Entrypoints: entrypoints(modules, params.Form, combined), Errors: sorted(problems)}
	if len(reply.Entrypoints) == 0 {
		return reply, nil
	}
	wasm, err := build(ctx, supply(modules, params.Builtins), reply.Entrypoints, capabilities)
	if err != nil {
		// Nothing tells whose error it is: what is checked should build.
		problems = append(problems, errorsOf(err, modules[0].Path)...)
		return CompileReply{Errors: sorted(problems)}, nil
	}
	reply.Wasm = base64.StdEncoding.EncodeToString(wasm)
	return reply, nil
}

func names(problems []Error, path string) bool {
	return slices.ContainsFunc(problems, func(problem Error) bool { return problem.Path == path })
}

// check compiles without making WebAssembly, which tells all errors at once; where there
// are none, it tells the modules that use what was dropped.
func check(modules []bundle.ModuleFile, data map[string]any, dropped []definitions, capabilities *ast.Capabilities) []Error {
	parsed := map[string]*ast.Module{}
	for _, file := range modules {
		parsed[file.Path] = file.Parsed.Copy()
	}
	compiler := newCompiler(capabilities, data)
	compiler.Compile(parsed)
	if compiler.Failed() {
		return withCauses(errorsOf(compiler.Errors, ""), parsed, dropped)
	}
	return dependents(compiler.Modules, dropped)
}

func newCompiler(capabilities *ast.Capabilities, data map[string]any) *ast.Compiler {
	return ast.NewCompiler().
		WithCapabilities(capabilities).
		SetErrorLimit(0).
		WithEnablePrintStatements(false).
		WithPathConflictsCheck(func(path []string) (bool, error) { return has(data, path), nil })
}

func has(value any, path []string) bool {
	if len(path) == 0 {
		return true
	}
	object, _ := value.(map[string]any)
	below, ok := object[path[0]]
	return ok && has(below, path[1:])
}

func build(ctx context.Context, modules []bundle.ModuleFile, points []Entrypoint, capabilities *ast.Capabilities) ([]byte, error) {
	paths := make([]string, 0, len(points))
	for _, point := range points {
		paths = append(paths, point.Path)
	}
	source := &bundle.Bundle{Modules: modules, Data: map[string]any{}}
	source.Manifest.Init()
	compiler := compile.New().
		WithTarget(compile.TargetWasm).
		WithBundle(source).
		WithEntrypoints(paths...).
		WithCapabilities(capabilities).
		WithRegoVersion(ast.RegoV1).
		WithOutput(&bytes.Buffer{})
	if err := compiler.Build(ctx); err != nil {
		return nil, err
	}
	built := compiler.Bundle().WasmModules
	if len(built) == 0 {
		return nil, errors.New("the compiler made no WebAssembly")
	}
	return built[0].Raw, nil
}

func sorted(problems []Error) []Error {
	slices.SortStableFunc(problems, func(a, b Error) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return slices.Compact(problems)
}
