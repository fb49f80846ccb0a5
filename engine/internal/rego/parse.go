package rego

import (
	"errors"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/bundle"
)

// Error is one error at its place, both counted from 1.
type Error struct {
	Path    string `json:"path"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// parse reads what can be read.
func parse(sources []Module) ([]bundle.ModuleFile, []definitions, []Error) {
	modules, unread, problems := []bundle.ModuleFile{}, []definitions{}, []Error{}
	for _, source := range sources {
		module, err := parseAs(ast.RegoV1, source)
		if isEmpty(err) {
			continue
		}
		if err != nil {
			old, oldErr := parseAs(ast.RegoV0, source)
			if oldErr == nil {
				module, err = old, nil
			} else if isOld(err) {
				err = oldErr
			}
		}
		if err != nil {
			unread = append(unread, guessDefinitions(source))
			problems = append(problems, parseErrors(err, source)...)
		} else if module != nil {
			raw := []byte(source.Content)
			modules = append(modules, bundle.ModuleFile{URL: source.Path, Path: source.Path, Raw: raw, Parsed: module})
		}
	}
	return modules, unread, problems
}

func parseAs(version ast.RegoVersion, source Module) (*ast.Module, error) {
	options := ast.ParserOptions{ProcessAnnotation: true, RegoVersion: version}
	return ast.ParseModuleWithOpts(source.Path, source.Content, options)
}

// isOld tells by the errors of Rego v1 a file that is meant as Rego v0: what is wrong in it,
// the parser of v0 says.
func isOld(err error) bool {
	var list ast.Errors
	return errors.As(err, &list) && slices.ContainsFunc(list, func(one *ast.Error) bool {
		return strings.Contains(one.Message, "keyword is required before rule body") ||
			strings.Contains(one.Message, "`contains` keyword is required")
	})
}

// isEmpty tells a file without any statement: it defines nothing, so it cannot be wrong.
func isEmpty(err error) bool {
	var single *ast.Error
	return errors.As(err, &single) && single.Message == "empty module"
}

// parseErrors has one error a line, as the parser repeats itself.
func parseErrors(err error, source Module) []Error {
	problems := errorsOf(err, source.Path)
	problems = sorted(problems)
	// What is missing at the end is missed on the last line that has something.
	last := strings.Count(strings.TrimRight(source.Content, " \t\r\n"), "\n") + 1
	for i := range problems {
		problems[i].Line = min(problems[i].Line, last)
	}
	return slices.CompactFunc(problems, func(a, b Error) bool { return a.Line == b.Line })
}

// errorsOf takes the compiler's list apart. An error that names no file is path's.
func errorsOf(err error, path string) []Error {
	var list ast.Errors
	var single *ast.Error
	if errors.As(err, &single) {
		list = ast.Errors{single}
	} else if !errors.As(err, &list) {
		return []Error{{Path: path, Line: 1, Column: 1, Code: "rego_error", Message: err.Error()}}
	}
	result := make([]Error, 0, len(list))
	for _, one := range list {
		problem := Error{Path: path, Line: 1, Column: 1, Code: one.Code, Message: sentence(one)}
		if one.Location != nil && one.Location.File != "" {
			problem.Path, problem.Line, problem.Column = one.Location.File, one.Location.Row, max(one.Location.Col, 1)
		}
		result = append(result, problem)
	}
	return result
}

// sentence adds the way out where the compiler's words do not tell it.
func sentence(problem *ast.Error) string {
	message := problem.Message
	name, ok := strings.CutPrefix(message, "undefined function ")
	if ok && slices.Contains(conftestOnly, name) {
		return "the function " + name + " is conftest's own and not available to policies: they read no files; put what it reads among the policies' data"
	}
	if ok && known(name) {
		return "the function " + name + " is not available to policies: it would look outside, depend on the time, or the evaluator lacks it"
	}
	return message
}

// conftestOnly are functions that conftest adds to OPA's.
var conftestOnly = []string{"parse_config", "parse_config_file", "parse_combined_config_files"}

func known(name string) bool {
	return slices.ContainsFunc(ast.Builtins, func(builtin *ast.Builtin) bool { return builtin.Name == name })
}
