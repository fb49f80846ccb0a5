package rego

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/bundle"
)

// Entrypoint is one rule that gives results.
type Entrypoint struct {
	// Path is package/rule with slashes, as WebAssembly entrypoints are named.
	Path        string           `json:"path"`
	Kind        string           `json:"kind"`
	Package     string           `json:"package"`
	Annotations *RuleAnnotations `json:"annotations,omitempty"`
}

// RuleAnnotations is the METADATA of the package, where it has one.
type RuleAnnotations struct {
	Title       string         `json:"title,omitempty"`
	Description string         `json:"description,omitempty"`
	Custom      map[string]any `json:"custom,omitempty"`
}

// https://www.conftest.dev/#evaluating-policies
var ruleName = regexp.MustCompile(`^(deny|violation|warn)(_[a-zA-Z0-9_]+)?$`)

// entrypoints finds the rules of the form that is asked for, in order of their paths.
func entrypoints(modules []bundle.ModuleFile, form string) []Entrypoint {
	found := map[string]Entrypoint{}
	for _, file := range modules {
		pkg := strings.TrimPrefix(file.Parsed.Package.Path.String(), "data.")
		if form == "hydrant" && !strings.HasPrefix(pkg, "hydrant.") {
			continue
		}
		for _, rule := range file.Parsed.Rules {
			name := rule.Head.Ref()[0].Value.String()
			match := ruleName.FindStringSubmatch(strings.Trim(name, `"`))
			if match == nil {
				continue
			}
			path := strings.ReplaceAll(pkg, ".", "/") + "/" + match[0]
			if old, ok := found[path]; !ok || old.Annotations == nil {
				found[path] = Entrypoint{Path: path, Kind: match[1], Package: pkg, Annotations: annotationsOf(file.Parsed)}
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

func annotationsOf(module *ast.Module) *RuleAnnotations {
	for _, annotation := range module.Annotations {
		if annotation.Scope == "package" {
			return &RuleAnnotations{Title: annotation.Title, Description: annotation.Description, Custom: annotation.Custom}
		}
	}
	return nil
}
