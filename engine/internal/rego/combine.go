package rego

import (
	"fmt"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/bundle"
)

// combined tells by their places the rules whose input is all resources of a target: conftest
// has a flag of the whole run for it (--combine), here a file, a package or a rule says so by
// its METADATA:
//
//	# METADATA
//	# custom:
//	#   combine: true
type combined map[string]bool

func combinedRules(modules []bundle.ModuleFile, whole []string) combined {
	// A document's METADATA is that of all rules of the name, in whatever file.
	documents := map[string]bool{}
	for _, file := range modules {
		for _, rule := range file.Parsed.Rules {
			if says(rule.Annotations, "document") {
				documents[fullName(rule, file.Parsed)] = true
			}
		}
	}
	result := combined{}
	for _, file := range modules {
		all := slices.Contains(whole, file.Path) || says(file.Parsed.Annotations, "package")
		for _, rule := range file.Parsed.Rules {
			result[rule.Location.String()] = all || says(rule.Annotations, "rule") || documents[fullName(rule, file.Parsed)]
		}
	}
	return result
}

// conflicts are rules of one name with different inputs. They are evaluated together, and one
// that gets a list in place of a resource would pass in silence.
func (c combined) conflicts(modules []bundle.ModuleFile, form string) []Error {
	places := map[string]string{}
	for _, file := range modules {
		for _, rule := range file.Parsed.Rules {
			if judges(rule, file, form) && c[rule.Location.String()] {
				places[fullName(rule, file.Parsed)] = fmt.Sprintf("%s line %d", file.Path, rule.Location.Row)
			}
		}
	}
	problems := []Error{}
	for _, file := range modules {
		for _, rule := range file.Parsed.Rules {
			name := fullName(rule, file.Parsed)
			other, ok := places[name]
			if !ok || !judges(rule, file, form) || c[rule.Location.String()] {
				continue
			}
			message := fmt.Sprintf("%s is for one resource here, and for all resources of a target in %s; "+
				"give the two different names or packages, or `combine` to both", name, other)
			problems = append(problems, Error{file.Path, rule.Location.Row, max(rule.Location.Col, 1), "rego_combine_error", message})
		}
	}
	return problems
}

// judges tells rules that get an input of their own. An exception is asked with that of the
// rules of its package.
func judges(rule *ast.Rule, file bundle.ModuleFile, form string) bool {
	point, ok := entrypointOf(rule, file, form)
	return ok && point.Kind != "exception"
}

func fullName(rule *ast.Rule, module *ast.Module) string {
	return fmt.Sprintf("%s.%s", module.Package.Path, nameOf(rule))
}

func says(annotations []*ast.Annotations, scope string) bool {
	for _, annotation := range annotations {
		if combine, ok := annotation.Custom["combine"].(bool); ok && combine && annotation.Scope == scope {
			return true
		}
	}
	return false
}
