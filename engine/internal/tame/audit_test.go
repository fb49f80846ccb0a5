package tame

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"text/template"

	"github.com/Masterminds/sprig/v3"
	slim "github.com/go-task/slim-sprig/v3"
)

// libraries are the functions of everything linked that has some for templates.
func libraries(t *testing.T) map[string][]string {
	own := func(functions template.FuncMap) []string { return slices.Collect(maps.Keys(functions)) }
	return map[string][]string{
		"sprig":                own(sprig.GenericFuncMap()),
		"sprig, hermetic":      own(sprig.HermeticTxtFuncMap()),
		"sprig, for HTML":      own(template.FuncMap(sprig.FuncMap())),
		"slim-sprig":           own(slim.TxtFuncMap()),
		"slim-sprig, hermetic": own(slim.HermeticTxtFuncMap()),
		"helm":                 inSource(t, "helm.sh/helm/v4/pkg/engine", "FuncMap", "funcMap"),
		"text/template":        inSource(t, "text/template", "FuncMap", ""),
		"ApplicationSets":      inSource(t, "hydrant/engine/internal/appset", "FuncMap", "all"),
		"ResourceSets":         inSource(t, "hydrant/engine/internal/resourceset", "FuncMap", ""),
	}
}

// inSource are the names in a package's literals of a type, and those that it puts into a variable: what
// is not exported cannot be asked for.
func inSource(t *testing.T, name, of, variable string) []string {
	t.Helper()
	// Asked of the command: a test that is built with -trimpath does not know where packages are.
	listed, err := exec.Command("go", "list", "-f", "{{.Dir}}{{range .GoFiles}}\n{{.}}{{end}}", name).Output()
	if err != nil {
		t.Fatal(err)
	}
	dir, files, _ := strings.Cut(strings.TrimSpace(string(listed)), "\n")
	var names []string
	add := func(node ast.Expr) {
		if literal, ok := node.(*ast.BasicLit); ok && literal.Kind == token.STRING {
			text, _ := strconv.Unquote(literal.Value)
			names = append(names, text)
		}
	}
	for _, file := range strings.Split(files, "\n") {
		parsed, err := parser.ParseFile(token.NewFileSet(), filepath.Join(dir, file), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(node ast.Node) bool {
			switch node := node.(type) {
			case *ast.CompositeLit:
				if last(node.Type) == of {
					for _, element := range node.Elts {
						if pair, ok := element.(*ast.KeyValueExpr); ok {
							add(pair.Key)
						}
					}
				}
			case *ast.IndexExpr:
				if variable != "" && last(node.X) == variable {
					add(node.Index)
				}
			}
			return true
		})
	}
	return names
}

func last(node ast.Expr) string {
	switch node := node.(type) {
	case *ast.Ident:
		return node.Name
	case *ast.SelectorExpr:
		return node.Sel.Name
	}
	return ""
}

func TestEveryFunctionIsAudited(t *testing.T) {
	seen := map[string]bool{}
	for library, names := range libraries(t) {
		if len(names) < 3 {
			t.Errorf("%s has %v, which cannot be all", library, names)
		}
		for _, name := range names {
			seen[name] = true
			if audited[name] == "" {
				t.Errorf("%s has a function %s, which nobody has looked at", library, name)
			}
		}
	}
	for name, of := range audited {
		if !seen[name] {
			t.Errorf("%s is said to be %s, and no library has it", name, of)
		}
	}
}

// TestStandInsAreThere: what is said to have a stand-in has one, and nothing else has.
func TestStandInsAreThere(t *testing.T) {
	standIns := StandIns(NewChance("a"))
	for name, of := range audited {
		_, has := standIns[name]
		if wants := of == byChance || of == byClock || of == byNumber || name == "getHostByName"; has != wants {
			t.Errorf("%s is %s: has a stand-in: %v", name, of, has)
		}
	}
	for name := range standIns {
		if audited[name] == "" {
			t.Errorf("%s is not in the list", name)
		}
	}
}

func TestFunctionsLeavesOutWhatAsksTheMachineOrIsUnknown(t *testing.T) {
	upstream := template.FuncMap(sprig.GenericFuncMap())
	upstream["brandNew"] = func() string { return "" }
	all := Functions(upstream, NewChance("a"))
	for _, name := range []string{"env", "expandenv", "getHostByName", "brandNew"} {
		if all[name] != nil {
			t.Errorf("%s is there", name)
		}
	}
	if len(all) != len(upstream)-4 {
		t.Errorf("%d of %d functions", len(all), len(upstream))
	}
}
