package rego

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/bundle"
	"github.com/open-policy-agent/opa/v1/storage"
)

// Entrypoint is one rule that gives results.
type Entrypoint struct {
	// Path is package/rule with slashes, as WebAssembly entrypoints are named.
	Path string `json:"path"`
	// Kind is deny, violation, warn or exception.
	Kind    string `json:"kind"`
	Package string `json:"package"`
	// Combine: the input is all resources of a target, not one of them.
	Combine     bool             `json:"combine,omitempty"`
	Annotations *RuleAnnotations `json:"annotations,omitempty"`
}

// RuleAnnotations is the METADATA of the package, where it has one.
type RuleAnnotations struct {
	Title            string         `json:"title,omitempty"`
	Description      string         `json:"description,omitempty"`
	RelatedResources []string       `json:"relatedResources,omitempty"`
	Custom           map[string]any `json:"custom,omitempty"`
}

// The names by form: https://www.conftest.dev/#evaluating-policies is the second.
var ruleNames = map[string]*regexp.Regexp{
	"hydrant":  regexp.MustCompile(`^(deny|warn)$`),
	"conftest": regexp.MustCompile(`^(?:(deny|violation|warn)(?:_[a-zA-Z0-9]+)*|exception)$`),
}

// entrypoints finds the rules of the form that is asked for, in order of their paths.
// Packages of tests have none, and functions are none.
func entrypoints(modules []bundle.ModuleFile, form string, combined combined) []Entrypoint {
	found := map[string]Entrypoint{}
	for _, file := range modules {
		for _, rule := range file.Parsed.Rules {
			point, ok := entrypointOf(rule, file, form)
			if !ok {
				continue
			}
			point.Combine = combined[rule.Location.String()]
			if old, ok := found[point.Path]; !ok || old.Annotations == nil && point.Annotations != nil {
				found[point.Path] = point
			}
		}
	}
	points := make([]Entrypoint, 0, len(found))
	for _, point := range found {
		points = append(points, point)
	}
	slices.SortFunc(points, func(a, b Entrypoint) int { return cmp.Compare(a.Path, b.Path) })
	return points
}

func entrypointOf(rule *ast.Rule, file bundle.ModuleFile, form string) (Entrypoint, bool) {
	names, ok := ruleNames[form]
	if !ok || len(rule.Head.Args) > 0 || !isJudging(file.Parsed, form) {
		return Entrypoint{}, false
	}
	name := nameOf(rule)
	match := names.FindStringSubmatch(name)
	if match == nil {
		return Entrypoint{}, false
	}
	pkg := file.Parsed.Package.Path
	path, err := storage.NewPathForRef(pkg.Append(ast.StringTerm(name)))
	if err != nil {
		return Entrypoint{}, false
	}
	return Entrypoint{
		Path:        strings.Join(path, "/"),
		Kind:        cmp.Or(match[1], name),
		Package:     strings.Join(groundPath(pkg)[1:], "."),
		Annotations: annotationsOf(file.Parsed),
	}, true
}

// isJudging tells a module that may have entrypoints: one of tests has none.
func isJudging(module *ast.Module, form string) bool {
	pkg := groundPath(module.Package.Path)[1:]
	if strings.HasSuffix(pkg[len(pkg)-1], "_test") {
		return false
	}
	return form != "hydrant" || pkg[0] == "hydrant" && len(pkg) == 3
}

func annotationsOf(module *ast.Module) *RuleAnnotations {
	for _, annotation := range module.Annotations {
		if annotation.Scope != "package" {
			continue
		}
		result := &RuleAnnotations{Title: annotation.Title, Description: strings.TrimSpace(annotation.Description), Custom: annotation.Custom}
		for _, related := range annotation.RelatedResources {
			result.RelatedResources = append(result.RelatedResources, related.Ref.String())
		}
		return result
	}
	return nil
}
