package rego

import (
	"context"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/tester"
)

// TestParams asks for the tests among modules to be run.
type TestParams struct {
	Modules []Module `json:"modules"`
}

// TestReply has a result for each rule named test_....
type TestReply struct {
	Results []TestResult `json:"results"`
	Errors  []Error      `json:"errors"`
}

// TestResult is one test's.
type TestResult struct {
	Package string `json:"package"`
	Name    string `json:"name"`
	Path    string `json:"path"`
	Line    int    `json:"line"`
	Passed  bool   `json:"passed"`
	Message string `json:"message,omitempty"`
}

// Test runs the tests, with the functions that are allowed in policies.
func Test(ctx context.Context, params TestParams) (TestReply, error) {
	reply := TestReply{Results: []TestResult{}, Errors: []Error{}}
	modules, problems := parse(params.Modules)
	if reply.Errors = problems; len(problems) > 0 {
		return reply, nil
	}
	parsed := map[string]*ast.Module{}
	for _, file := range modules {
		parsed[file.Path] = file.Parsed
	}
	compiler := ast.NewCompiler().WithEnablePrintStatements(false)
	runner := tester.NewRunner().SetCompiler(compiler).SetTimeout(5 * time.Second).SetParallel(1)
	results, err := runner.Run(ctx, parsed)
	if err != nil {
		reply.Errors = errorsOf(err)
		return reply, nil
	}
	for result := range results {
		one := TestResult{Package: result.Package, Name: result.Name, Passed: result.Pass()}
		if result.Location != nil {
			one.Path, one.Line = result.Location.File, result.Location.Row
		}
		if result.Error != nil {
			one.Message = result.Error.Error()
		}
		reply.Results = append(reply.Results, one)
	}
	return reply, nil
}
