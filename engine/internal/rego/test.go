package rego

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/tester"
)

// TestParams asks for the tests among modules to be run.
type TestParams struct {
	Modules []Module `json:"modules"`
	// Builtins are the functions that the evaluator supplies.
	Builtins []string `json:"builtins,omitempty"`
	// Data is what the tests find under data.
	Data map[string]any `json:"data,omitempty"`
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
	// Skipped: its name begins with todo_.
	Skipped bool `json:"skipped,omitempty"`
	// Message is empty for a test that passed.
	Message string `json:"message,omitempty"`
}

// testTimeout is what one test may take.
const testTimeout = 5 * time.Second

// Test runs the tests, with the functions that policies may call and no others.
func Test(ctx context.Context, params TestParams) (TestReply, error) {
	reply := TestReply{Results: []TestResult{}, Errors: []Error{}}
	modules, _, problems := parse(params.Modules)
	if len(problems) > 0 {
		reply.Errors = sorted(problems)
		return reply, nil
	}
	parsed := map[string]*ast.Module{}
	for _, file := range modules {
		parsed[file.Path] = file.Parsed
	}
	// The tester rewrites tests by a function of its own.
	capabilities := allowed(append([]string{ast.InternalTestCase.Name}, params.Builtins...))
	data := params.Data
	if data == nil {
		data = map[string]any{}
	}
	runner := tester.NewRunner().SetCompiler(newCompiler(capabilities, data)).SetStore(inmem.NewFromObject(data)).
		SetTimeout(testTimeout).SetParallel(1)
	results, err := runner.Run(ctx, parsed)
	if err != nil {
		reply.Errors = sorted(errorsOf(err, ""))
		return reply, nil
	}
	for result := range results {
		reply.Results = append(reply.Results, resultOf(result))
	}
	slices.SortFunc(reply.Results, func(a, b TestResult) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line))
	})
	return reply, nil
}

func resultOf(result *tester.Result) TestResult {
	one := TestResult{Package: result.Package, Name: result.Name, Passed: result.Pass(), Skipped: result.Skip}
	if result.Location != nil {
		one.Path, one.Line = result.Location.File, result.Location.Row
	}
	switch {
	case result.Error != nil:
		one.Message = result.Error.Error()
	case result.Skip:
		one.Message = "skipped"
	case result.Fail:
		one.Message = "failed"
	}
	return one
}
