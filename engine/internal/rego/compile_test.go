package rego

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/format"
)

func compileAll(t *testing.T, form string, builtins []string, modules ...Module) CompileReply {
	t.Helper()
	reply, err := Compile(context.Background(), CompileParams{Modules: modules, Builtins: builtins, Form: form})
	if err != nil {
		t.Fatal(err)
	}
	wasm, err := base64.StdEncoding.DecodeString(reply.Wasm)
	if err != nil || (len(reply.Entrypoints) > 0) != strings.HasPrefix(string(wasm), "\x00asm") {
		t.Fatalf("%d entrypoints, and WebAssembly that starts with %.4q (%v)", len(reply.Entrypoints), wasm, err)
	}
	return reply
}

func expectErrors(t *testing.T, reply CompileReply, expected ...Error) {
	t.Helper()
	if !slices.Equal(reply.Errors, expected) {
		t.Errorf("errors:\n%+v\nexpected:\n%+v", reply.Errors, expected)
	}
}

func paths(reply CompileReply) []string {
	result := []string{}
	for _, point := range reply.Entrypoints {
		result = append(result, point.Path)
	}
	return result
}

func expectPaths(t *testing.T, reply CompileReply, expected ...string) {
	t.Helper()
	if got := paths(reply); !slices.Equal(got, expected) {
		t.Errorf("entrypoints %q, expected %q", got, expected)
	}
}

const good = "package good\n\ndeny contains \"good\" if true\n"

func TestConftestEntrypointsAreDenyViolationAndWarnOfAnyPackage(t *testing.T) {
	reply := compileAll(t, "conftest", nil,
		Module{"a.rego", "package main\n\ndeny contains \"a\" if true\ndeny_b contains \"b\" if true\nwarn_ contains 1 if true\ndenied contains 1 if true\ndeny_f(x) := x\n"},
		Module{"b.rego", "package main\n\nviolation contains \"a\" if true\ndeny contains \"more\" if true\n"},
		Module{"c.rego", "package a[\"b-c\"].d\n\nwarn_it_all contains \"c\" if true\n"},
		Module{"d.rego", "package main_test\n\ndeny contains \"a\" if true\n"})
	expectErrors(t, reply)
	expectPaths(t, reply, "a/b-c/d/warn_it_all", "main/deny", "main/deny_b", "main/violation")
	if reply.Entrypoints[0].Kind != "warn" || reply.Entrypoints[0].Package != "a.b-c.d" {
		t.Errorf("%+v", reply.Entrypoints[0])
	}
}

func TestHydrantEntrypointsComeWithMetadata(t *testing.T) {
	reply := compileAll(t, "hydrant", nil,
		Module{"a.rego", "# METADATA\n# title: T\n# description: D\n# related_resources:\n# - https://example.com/a\n# custom:\n#   severity: error\npackage hydrant.images.tag\n\ndeny contains 1 if true\nviolation contains 1 if true\n"},
		Module{"b.rego", "package main\n\ndeny contains 1 if true\n"},
		Module{"c.rego", "package hydrant.images\n\ndeny contains 1 if true\n"})
	expectErrors(t, reply)
	expectPaths(t, reply, "hydrant/images/tag/deny")
	got, _ := json.Marshal(reply.Entrypoints[0].Annotations)
	if string(got) != `{"title":"T","description":"D","relatedResources":["https://example.com/a"],"custom":{"severity":"error"}}` {
		t.Errorf("%s", got)
	}
}

const perTarget = "# METADATA\n# custom:\n#   combine: true\n"

func TestCombineIsSaidOfAFileAPackageOrARule(t *testing.T) {
	reply, err := Compile(context.Background(), CompileParams{Form: "conftest", Combine: []string{"file.rego"}, Modules: []Module{
		{"file.rego", "package file\n\ndeny contains 1 if count(input) > 1\n"},
		{"package.rego", perTarget + "package whole\n\ndeny contains 1 if count(input) > 1\n\nwarn contains 1 if true\n"},
		{"rule.rego", "package rules\n\n" + perTarget + "deny contains 1 if count(input) > 1\n\nwarn contains 1 if true\n"},
		{"document.rego", "package document\n\n# METADATA\n# scope: document\n# custom:\n#   combine: true\ndeny contains 1 if true\n\ndeny contains 2 if true\n"},
		{"not.rego", "# METADATA\n# custom:\n#   combine: false\npackage not\n\ndeny contains 1 if true\n"},
	}})
	if err != nil || len(reply.Errors) > 0 {
		t.Fatal(err, reply.Errors)
	}
	combine := []string{}
	for _, point := range reply.Entrypoints {
		if point.Combine {
			combine = append(combine, point.Path)
		}
	}
	if expected := []string{"document/deny", "file/deny", "rules/deny", "whole/deny", "whole/warn"}; !slices.Equal(combine, expected) {
		t.Errorf("%q, expected %q", combine, expected)
	}
}

func TestOneNameWithTwoInputsIsAnError(t *testing.T) {
	reply := compileAll(t, "conftest", nil,
		Module{"a.rego", "package main\n\ndeny contains \"a\" if input.kind == \"Pod\"\n\nwarn contains \"a\" if true\n"},
		Module{"b.rego", perTarget + "package main\n\ndeny contains \"b\" if count(input) > 1\n\nhelper := 1\n"})
	expectPaths(t, reply, "main/deny")
	expectErrors(t, reply, Error{"a.rego", 3, 1, "rego_combine_error",
		"data.main.deny is for one resource here, and for all resources of a target in b.rego line 6; give the two different names or packages, or `combine` to both"})
}

func TestAModuleWithErrorsLeavesTheOthersAlone(t *testing.T) {
	reply := compileAll(t, "conftest", nil,
		Module{"syntax.rego", "package other\n\ndeny contains {\n"},
		Module{"unsafe.rego", "package main\n\ndeny contains msg if {\n\tmsg := nothing\n}\n\nwarn contains 1 if x\n"},
		Module{"good.rego", good})
	expectPaths(t, reply, "good/deny")
	expectErrors(t, reply,
		Error{"syntax.rego", 3, 1, "rego_parse_error", "unexpected eof token"},
		Error{"unsafe.rego", 4, 2, "rego_unsafe_var_error", "var nothing is unsafe"},
		Error{"unsafe.rego", 7, 20, "rego_unsafe_var_error", "var x is unsafe"})
}

func TestAModuleThatUsesABrokenOneIsLeftOutToo(t *testing.T) {
	broken := Module{"lib.rego", "package lib\n\nexempt if nothing\n\nlabel(x) := x if nothing\n\nfine := 1\n"}
	reply := compileAll(t, "conftest", nil, broken,
		Module{"a.rego", "package a\n\nimport data.lib\n\ndeny contains \"a\" if not lib.exempt\n"},
		Module{"b.rego", "package b\n\ndeny contains \"b\" if data.lib.label(\"x\") == \"x\"\n"},
		Module{"c.rego", "package c\n\nwarn contains \"c\" if data.a.deny[_]\n"},
		Module{"d.rego", "package d\n\nwarn contains \"d\" if data.lib[_]\n"},
		Module{"e.rego", "package lib\n\nexempt if input.exempt\n\ndeny contains \"e\" if not exempt\n"},
		Module{"f.rego", "package lib.more\n\ndeny contains \"f\" if true\n"},
		Module{"good.rego", good})
	expectPaths(t, reply, "good/deny", "lib/more/deny")
	expectErrors(t, reply,
		Error{"a.rego", 5, 26, "rego_dependency_error", "it uses data.lib.exempt, and lib.rego, which defines that, does not compile"},
		Error{"b.rego", 3, 22, "rego_type_error", "undefined function data.lib.label: lib.rego, which defines it, does not compile"},
		Error{"c.rego", 3, 22, "rego_dependency_error", "it uses data.a.deny, and a.rego, which defines that, does not compile"},
		Error{"d.rego", 3, 22, "rego_dependency_error", "it uses data.lib, and lib.rego, which defines that, does not compile"},
		Error{"e.rego", 5, 26, "rego_dependency_error", "it uses data.lib.exempt, and lib.rego, which defines that, does not compile"},
		Error{"lib.rego", 3, 11, "rego_unsafe_var_error", "var nothing is unsafe"},
		Error{"lib.rego", 5, 18, "rego_unsafe_var_error", "var nothing is unsafe"})
}

func TestAModuleThatUsesAnUnreadableOneIsLeftOutToo(t *testing.T) {
	reply := compileAll(t, "conftest", nil,
		Module{"a.rego", "package main\n\ndeny contains \"a\" if helper\n"},
		Module{"b.rego", "package main\n\nhelper if {\n\ninput.x ==\n}\n"},
		Module{"c.rego", "package main\n\nwarn contains \"c\" if true\n"})
	expectPaths(t, reply, "main/warn")
	if first := reply.Errors[0]; first.Path != "a.rego" || first.Message != "var helper is unsafe: b.rego, which defines it, does not compile" {
		t.Errorf("%+v", first)
	}
}

func TestFunctionsThatLookOutsideAreRefusedByName(t *testing.T) {
	calls := map[string]string{
		"http.send":          `http.send({"method": "get", "url": "http://example.com"})`,
		"opa.runtime":        `opa.runtime()`,
		"net.lookup_ip_addr": `net.lookup_ip_addr("example.com")`,
		"rego.parse_module":  `rego.parse_module("a", "package a")`,
		"time.now_ns":        `time.now_ns() > 0`,
		"rand.intn":          `rand.intn("a", 2) == 1`,
		"uuid.rfc4122":       `uuid.rfc4122("a")`,
		"sprintf":            `sprintf("%s", ["a"]) == "a"`,
	}
	for name, call := range calls {
		reply := compileAll(t, "conftest", nil, Module{"p.rego", "package main\n\ndeny contains \"x\" if " + call + "\n"}, Module{"good.rego", good})
		expectPaths(t, reply, "good/deny")
		expectErrors(t, reply, Error{"p.rego", 3, 22, "rego_type_error",
			"the function " + name + " is not available to policies: it would look outside, depend on the time, or the evaluator lacks it"})
	}
}

func TestSuppliedFunctionsAreAskedForUnderTheEvaluatorsNames(t *testing.T) {
	module := Module{"p.rego", "package main\n\nsprintf_ := 1\n\ndeny contains msg if {\n\tmsg := sprintf(\"%d\", [count([x | x := regex.split(\",\", input.a)[_]])])\n}\n"}
	reply := compileAll(t, "conftest", []string{"sprintf", "regex.split"}, module)
	expectErrors(t, reply)
	wasm, _ := base64.StdEncoding.DecodeString(reply.Wasm)
	for _, name := range []string{"supplied_sprintf", "supplied_regex_split"} {
		if !strings.Contains(string(wasm), name) {
			t.Errorf("the WebAssembly does not ask for %s", name)
		}
	}
	if strings.Contains(string(wasm), "regex.split") {
		t.Error("the WebAssembly asks for regex.split by its own name")
	}
	wrong := compileAll(t, "conftest", []string{"sprintf"}, Module{"p.rego", "package main\n\ndeny contains sprintf(1, [])\n"})
	if len(wrong.Errors) != 1 || !strings.HasPrefix(wrong.Errors[0].Message, "sprintf: invalid argument(s)") {
		t.Errorf("%+v", wrong.Errors)
	}
}

func TestEveryFunctionThatIsSaidToBePartOfWebAssemblyIs(t *testing.T) {
	module, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/open-policy-agent/opa").Output()
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(module)), "builtin_metadata.json"))
	if err != nil {
		t.Fatal(err)
	}
	var metadata map[string]struct {
		Wasm bool `json:"wasm"`
	}
	var sections map[string]json.RawMessage
	if err := json.Unmarshal(text, &sections); err != nil {
		t.Fatal(err)
	}
	delete(sections, "_categories")
	delete(sections, "_implementations")
	whole, err := json.Marshal(sections)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(whole, &metadata); err != nil {
		t.Fatal(err)
	}
	expected := []string{}
	for name, builtin := range metadata {
		if builtin.Wasm {
			expected = append(expected, name)
		}
	}
	slices.Sort(expected)
	if got := strings.Fields(wasmBuiltins); !slices.Equal(got, expected) {
		t.Errorf("wasm_builtins.txt has %q, OPA %q", got, expected)
	}
}

func TestRegoV0IsReadWhereV1CannotBe(t *testing.T) {
	reply := compileAll(t, "conftest", nil,
		Module{"old.rego", "package main\n\nimport data.lib\n\ndeny[msg] {\n\tany([lib.bad])\n\tmsg = \"x\"\n}\n\ndefault allow = false\n"},
		Module{"lib.rego", "package lib\n\nbad if input.x\n"},
		Module{"unsafe.rego", "package unsafe\n\ndeny[msg] {\n\tmsg := nothing\n}\n"},
		Module{"syntax.rego", "package syntax\n\nwarn[msg] {\n\tmsg := \"x\"\n}\n\ndeny[msg] {\n\tmsg := }\n"},
		Module{"neither.rego", "package neither\n\ndeny contains msg if {\n\tmsg := }\n"})
	expectPaths(t, reply, "main/deny")
	expectErrors(t, reply,
		Error{"neither.rego", 4, 9, "rego_parse_error", "unexpected } token"},
		Error{"syntax.rego", 8, 9, "rego_parse_error", "unexpected } token"},
		Error{"unsafe.rego", 4, 2, "rego_unsafe_var_error", "var nothing is unsafe"})
}

func TestExceptionsAreEntrypointsOfConftestOnly(t *testing.T) {
	module := Module{"a.rego", "package hydrant.a.b\n\ndeny_c contains 1 if true\n\nexception contains [\"c\"] if true\n"}
	reply := compileAll(t, "conftest", nil, module)
	expectPaths(t, reply, "hydrant/a/b/deny_c", "hydrant/a/b/exception")
	if reply.Entrypoints[1].Kind != "exception" {
		t.Errorf("%+v", reply.Entrypoints[1])
	}
	expectPaths(t, compileAll(t, "hydrant", nil, Module{"a.rego", "package hydrant.a.b\n\nexception contains [\"c\"] if true\n"}))
}

func TestARuleMayNotStandWhereDataDo(t *testing.T) {
	reply, err := Compile(context.Background(), CompileParams{
		Form:    "conftest",
		Data:    map[string]any{"main": map[string]any{"deny": []any{}}, "teams": []any{"a"}},
		Modules: []Module{{"a.rego", "package main\n\ndeny contains 1 if true\n"}, {"good.rego", good}},
	})
	if err != nil {
		t.Fatal(err)
	}
	expectPaths(t, reply, "good/deny")
	expectErrors(t, reply, Error{"a.rego", 3, 1, "rego_compile_error", "conflicting rule for data path main/deny found"})
}

func TestConftestsOwnFunctionsAreRefusedByName(t *testing.T) {
	reply := compileAll(t, "conftest", nil, Module{"p.rego", "package main\n\ndeny contains \"x\" if parse_config_file(\"a.yaml\").x\n"})
	expectErrors(t, reply, Error{"p.rego", 3, 22, "rego_type_error",
		"the function parse_config_file is conftest's own and not available to policies: they read no files; put what it reads among the policies' data"})
}

func TestAFileWithoutAnythingIsNoPolicy(t *testing.T) {
	reply := compileAll(t, "conftest", nil, Module{"empty.rego", ""}, Module{"comment.rego", "# nothing yet\n"}, Module{"good.rego", good})
	expectPaths(t, reply, "good/deny")
	expectErrors(t, reply)
}

func TestNoModulesAreNoError(t *testing.T) {
	expectErrors(t, compileAll(t, "conftest", nil))
}

func TestCompilingTwiceGivesTheSameBytes(t *testing.T) {
	modules := []Module{{"good.rego", good}, {"b.rego", "package b\n\nwarn contains \"b\" if input.x\n"}}
	first, second := compileAll(t, "conftest", nil, modules...), compileAll(t, "conftest", nil, modules...)
	if first.Wasm != second.Wasm {
		t.Error("the WebAssembly differs")
	}
}

func TestTestsAreRunAndFailuresPlaced(t *testing.T) {
	reply, err := Test(context.Background(), TestParams{Modules: []Module{
		{"a.rego", "package a\n\ndeny contains \"x\" if input.x\n"},
		{"a_test.rego", "package a_test\n\nimport data.a\n\ntest_denies if count(a.deny) == 1 with input as {\"x\": true}\n\ntest_wrong if {\n\tcount(a.deny) == 2 with input as {\"x\": true}\n}\n\ntodo_test_later if false\n"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	expected := []TestResult{
		{"data.a_test", "test_denies", "a_test.rego", 5, true, false, ""},
		{"data.a_test", "test_wrong", "a_test.rego", 7, false, false, "failed"},
		{"data.a_test", "todo_test_later", "a_test.rego", 11, false, true, "skipped"},
	}
	if !slices.Equal(reply.Results, expected) || len(reply.Errors) > 0 {
		t.Errorf("%+v", reply)
	}
}

func TestTestsMayNotLookOutsideEither(t *testing.T) {
	reply, err := Test(context.Background(), TestParams{Modules: []Module{
		{"a_test.rego", "package a_test\n\ntest_a if http.send({\"method\": \"get\", \"url\": \"http://example.com\"})\n"},
	}})
	if err != nil || len(reply.Results) > 0 || len(reply.Errors) != 1 || reply.Errors[0].Line != 3 {
		t.Errorf("%+v (%v)", reply, err)
	}
}

func TestTheShippedPoliciesAreFormatted(t *testing.T) {
	root := filepath.Join("..", "..", "..", "policies")
	count := 0
	err := filepath.WalkDir(root, func(path string, entry os.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".rego") {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		count++
		formatted, err := format.SourceWithOpts(path, text, format.Opts{RegoVersion: ast.RegoV1})
		if err != nil || string(formatted) != string(text) {
			t.Errorf("%s is not as `opa fmt` writes it (%v)", path, err)
		}
		return nil
	})
	if err != nil || count == 0 {
		t.Errorf("%d policies (%v)", count, err)
	}
}
