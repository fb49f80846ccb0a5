// Package rego compiles Rego v1 to WebAssembly and runs Rego tests, with the upstream
// library.
package rego

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/base64"
	"errors"
	"slices"
	"strings"

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
	// Builtins are the functions that the evaluator supplies.
	Builtins []string `json:"builtins"`
	// Form is hydrant (deny and warn in packages below hydrant) or conftest (deny, violation
	// and warn, with or without a suffix, in any package).
	Form string `json:"form"`
}

// CompileReply has the module of all that compiled, and the errors of the rest.
type CompileReply struct {
	Wasm        string       `json:"wasm,omitempty"`
	Entrypoints []Entrypoint `json:"entrypoints,omitempty"`
	Errors      []Error      `json:"errors"`
}

// Error is one error at its place; line 0 where the compiler names none.
type Error struct {
	Path    string `json:"path"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// The functions that every WebAssembly policy brings along: those marked `wasm` in OPA's
// builtin_metadata.json.
//
//go:embed wasm_builtins.txt
var wasmBuiltins string

// Compile compiles what can be compiled. A module with an error is left out, and so is one
// that cannot do without it; every error is told.
func Compile(ctx context.Context, params CompileParams) (CompileReply, error) {
	capabilities := allowed(params.Builtins)
	modules, problems := parse(params.Modules)
	for {
		failed := check(modules, capabilities)
		if len(failed) == 0 {
			break
		}
		problems = append(problems, failed...)
		before := len(modules)
		modules = slices.DeleteFunc(modules, func(file bundle.ModuleFile) bool {
			return slices.ContainsFunc(failed, func(problem Error) bool { return problem.Path == file.Path })
		})
		if len(modules) == before {
			return CompileReply{Errors: problems}, nil
		}
	}
	reply := CompileReply{Entrypoints: entrypoints(modules, params.Form), Errors: problems}
	if len(reply.Entrypoints) == 0 {
		return reply, nil
	}
	wasm, err := build(ctx, modules, reply.Entrypoints, capabilities)
	if err != nil {
		reply.Entrypoints, reply.Errors = nil, append(problems, errorsOf(err)...)
		return reply, nil
	}
	reply.Wasm = base64.StdEncoding.EncodeToString(wasm)
	return reply, nil
}

// allowed are the functions that have no effect and a result everywhere.
func allowed(supplied []string) *ast.Capabilities {
	names := append(strings.Fields(wasmBuiltins), supplied...)
	capabilities := ast.CapabilitiesForThisVersion()
	capabilities.Builtins = slices.DeleteFunc(capabilities.Builtins, func(builtin *ast.Builtin) bool {
		// Printing is erased by the compiler.
		return !slices.Contains(names, builtin.Name) && builtin.Name != "print" && builtin.Name != "internal.print" &&
			!strings.HasPrefix(builtin.Name, "rego.metadata.")
	})
	capabilities.AllowNet = []string{}
	return capabilities
}

func parse(sources []Module) ([]bundle.ModuleFile, []Error) {
	modules, problems := []bundle.ModuleFile{}, []Error{}
	for _, source := range sources {
		options := ast.ParserOptions{ProcessAnnotation: true, RegoVersion: ast.RegoV1}
		module, err := ast.ParseModuleWithOpts(source.Path, source.Content, options)
		if err != nil {
			problems = append(problems, errorsOf(err)...)
			continue
		}
		if module != nil {
			modules = append(modules, bundle.ModuleFile{URL: source.Path, Path: source.Path, Raw: []byte(source.Content), Parsed: module})
		}
	}
	return modules, problems
}

// check compiles without making WebAssembly, which tells all errors at once.
func check(modules []bundle.ModuleFile, capabilities *ast.Capabilities) []Error {
	parsed := map[string]*ast.Module{}
	for _, file := range modules {
		parsed[file.Path] = file.Parsed.Copy()
	}
	compiler := ast.NewCompiler().WithCapabilities(capabilities).SetErrorLimit(0).WithEnablePrintStatements(false)
	compiler.Compile(parsed)
	if !compiler.Failed() {
		return nil
	}
	return errorsOf(compiler.Errors)
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

// errorsOf takes the compiler's list apart.
func errorsOf(err error) []Error {
	var list ast.Errors
	if !errors.As(err, &list) {
		return []Error{{Message: err.Error(), Code: "rego_error"}}
	}
	result := make([]Error, 0, len(list))
	for _, one := range list {
		problem := Error{Code: one.Code, Message: sentence(one)}
		if one.Location != nil {
			problem.Path, problem.Line, problem.Column = one.Location.File, one.Location.Row, one.Location.Col
		}
		result = append(result, problem)
	}
	return result
}

// sentence adds the way out where the compiler's words do not tell it.
func sentence(problem *ast.Error) string {
	message := problem.Message
	if name, ok := strings.CutPrefix(message, "undefined function "); ok && known(name) {
		return "the function " + name + " is not available to policies: it would look outside, or the evaluator lacks it"
	}
	return message
}

func known(name string) bool {
	return slices.ContainsFunc(ast.Builtins, func(builtin *ast.Builtin) bool { return builtin.Name == name })
}
