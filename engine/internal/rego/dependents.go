package rego

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// definitions is what a module that does not compile would have defined. A rule that is
// missing is no error to the compiler: what uses it is merely undefined, and a policy that
// is undefined passes. So whatever uses it must not be evaluated.
type definitions struct {
	path string
	// pkg is the package's path from data; empty where the file does not even tell that.
	pkg   []string
	rules []string
}

func definitionsOf(module *ast.Module, path string) definitions {
	result := definitions{path: path, pkg: groundPath(module.Package.Path)}
	for _, rule := range module.Rules {
		result.rules = append(result.rules, nameOf(rule))
	}
	return result
}

var (
	packageLine = regexp.MustCompile(`(?m)^package[ \t]+([\w.]+)`)
	ruleLine    = regexp.MustCompile(`(?m)^(?:default[ \t]+)?([a-zA-Z_]\w*)`)
)

// guessDefinitions reads from a file that cannot be parsed as much as its lines tell.
func guessDefinitions(source Module) definitions {
	result := definitions{path: source.Path}
	if match := packageLine.FindStringSubmatch(source.Content); match != nil {
		result.pkg = append([]string{"data"}, strings.Split(match[1], ".")...)
	}
	for _, match := range ruleLine.FindAllStringSubmatch(source.Content, -1) {
		if !slices.Contains([]string{"package", "import"}, match[1]) {
			result.rules = append(result.rules, match[1])
		}
	}
	return result
}

// uses tells whether a path from data leads to, or contains, what the module defines.
func (d definitions) uses(path []string) bool {
	if d.pkg == nil {
		return false
	}
	return slices.ContainsFunc(d.rules, func(rule string) bool {
		whole := append(slices.Clone(d.pkg), rule)
		shorter := min(len(whole), len(path))
		return slices.Equal(whole[:shorter], path[:shorter])
	})
}

// dependents has an error for each compiled module that uses what a dropped one defines.
func dependents(compiled map[string]*ast.Module, dropped []definitions) []Error {
	problems := []Error{}
	for path, module := range compiled {
		seen := map[string]bool{}
		look := func(ref ast.Ref) bool {
			used := groundPath(ref)
			if len(used) == 0 || used[0] != "data" {
				return false
			}
			for _, missing := range dropped {
				if missing.uses(used) && !seen[missing.path] {
					seen[missing.path] = true
					problems = append(problems, dependency(ref, missing, path))
				}
			}
			return false
		}
		for _, rule := range module.Rules {
			ast.WalkRefs(rule, look)
		}
	}
	return sorted(problems)
}

func dependency(ref ast.Ref, missing definitions, path string) Error {
	message := fmt.Sprintf("it uses %s, and %s, which defines that, does not compile", ref.ConstantPrefix(), missing.path)
	problem := Error{Path: path, Line: 1, Column: 1, Code: "rego_dependency_error", Message: message}
	if at := ref[0].Location; at != nil && at.File == path {
		problem.Line, problem.Column = at.Row, at.Col
	}
	return problem
}

var missingName = regexp.MustCompile(`^(?:undefined function|var) ([\w.]+)(?: is unsafe)?$`)

// withCauses adds to errors about names that are defined nowhere the dropped module that
// would have defined them.
func withCauses(problems []Error, modules map[string]*ast.Module, dropped []definitions) []Error {
	for index, problem := range problems {
		match := missingName.FindStringSubmatch(problem.Message)
		module, ok := modules[problem.Path]
		if match == nil || !ok {
			continue
		}
		path := strings.Split(match[1], ".")
		if path[0] != "data" {
			path = append(groundPath(module.Package.Path), path...)
		}
		for _, missing := range dropped {
			if missing.uses(path) {
				problems[index].Message = fmt.Sprintf("%s: %s, which defines it, does not compile", problem.Message, missing.path)
			}
		}
	}
	return problems
}

// groundPath is the part of a reference that is known before evaluation.
func groundPath(ref ast.Ref) []string {
	path := []string{}
	for index, term := range ref.ConstantPrefix() {
		switch value := term.Value.(type) {
		case ast.Var:
			if index > 0 {
				return path
			}
			path = append(path, string(value))
		case ast.String:
			path = append(path, string(value))
		default:
			return path
		}
	}
	return path
}

// nameOf is the first part of a rule's name: deny of `deny.images contains ...`.
func nameOf(rule *ast.Rule) string {
	if name, ok := rule.Head.Ref()[0].Value.(ast.Var); ok {
		return string(name)
	}
	return ""
}
