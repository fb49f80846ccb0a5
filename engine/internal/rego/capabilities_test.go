package rego

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
)

// closed are OPA's functions that ask the network, the machine, the clock or chance.
var closed = strings.Fields(`
	crypto.x509.parse_and_verify_certificates crypto.x509.parse_and_verify_certificates_with_options
	http.send io.jwt.decode_verify io.jwt.encode_sign io.jwt.encode_sign_raw net.lookup_ip_addr opa.runtime
	rand.intn time.now_ns uuid.rfc4122
`)

// unsupplied are functions that ask nobody, and that no part of the evaluator has.
var unsupplied = strings.Fields(`
	cast_array cast_boolean cast_null cast_object cast_set cast_string crypto.parse_private_keys
	crypto.x509.parse_certificate_request crypto.x509.parse_certificates crypto.x509.parse_keypair
	crypto.x509.parse_rsa_private_key graph.reachable_paths graphql.is_valid graphql.parse
	graphql.parse_and_verify graphql.parse_query graphql.parse_schema graphql.schema_is_valid
	internal.test_case io.jwt.decode io.jwt.verify_eddsa io.jwt.verify_es256 io.jwt.verify_es384
	io.jwt.verify_es512 io.jwt.verify_hs256 io.jwt.verify_hs384 io.jwt.verify_hs512 io.jwt.verify_ps256
	io.jwt.verify_ps384 io.jwt.verify_ps512 io.jwt.verify_rs256 io.jwt.verify_rs384 io.jwt.verify_rs512
	json.marshal_with_options net.cidr_contains_matches providers.aws.sign_req regex.globs_match
	rego.parse_module strings.render_template time.format time.parse_ns uri.is_valid uri.parse uuid.parse
`)

// ownWithoutNetwork are called nondeterministic because OPA's fetch the schemas that a schema refers to.
var ownWithoutNetwork = []string{"json.match_schema", "json.verify_schema"}

// suppliedByEvaluator are the functions that the evaluator is given by the program that asks for a compilation.
func suppliedByEvaluator(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile("../../../src/checks/policies/suppliedBuiltins.ts")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, match := range regexp.MustCompile(`(?m)^  '([\w.]+)',$`).FindAllSubmatch(text, -1) {
		names = append(names, string(match[1]))
	}
	return names
}

func TestEveryFunctionOfOPAIsAllowedOrRefusedForAReason(t *testing.T) {
	supplied := suppliedByEvaluator(t)
	// Some are supplied in place of those that WebAssembly has.
	lists := [][]string{slices.Concat(strings.Fields(wasmBuiltins), supplied, erased), closed, unsupplied}
	var builtins []string
	for _, builtin := range ast.CapabilitiesForThisVersion().Builtins {
		builtins = append(builtins, builtin.Name)
		in := 0
		for _, list := range lists {
			if slices.Contains(list, builtin.Name) {
				in++
			}
		}
		if in != 1 {
			t.Errorf("%s stands in %d lists: is it allowed, or why is it refused?", builtin.Name, in)
		}
		if builtin.IsNondeterministic() && !slices.Contains(slices.Concat(closed, ownWithoutNetwork), builtin.Name) {
			t.Errorf("%s gives something else each time, as OPA says, and is not refused", builtin.Name)
		}
	}
	for _, name := range slices.Concat(supplied, closed, unsupplied) {
		if !slices.Contains(builtins, name) {
			t.Errorf("%s is no function of this OPA", name)
		}
	}
	for _, builtin := range allowed(supplied).Builtins {
		if slices.Contains(closed, builtin.Name) || slices.Contains(unsupplied, builtin.Name) {
			t.Errorf("%s may be called", builtin.Name)
		}
	}
}
