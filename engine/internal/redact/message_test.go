package redact

import (
	"strings"
	"testing"
)

func TestMessage(t *testing.T) {
	const secret = "kind: Secret\nstringData:\n  a: canary-value\ndata:\n  b: Y2FuYXJ5LWRhdGE=\n"
	cases := map[string]struct {
		message string
		files   map[string]string
	}{
		"a value of a Secret":              {"near canary-value here", map[string]string{"a.yaml": secret}},
		"a value in base64":                {"near Y2FuYXJ5LXZhbHVl here", map[string]string{"a.yaml": secret}},
		"a decoded value":                  {"near canary-data here", map[string]string{"a.yaml": secret}},
		"a value in an escaped text":       {`near "x\ncanary\n"`, map[string]string{"a.yaml": "kind: Secret\nstringData: {a: canary}\n"}},
		"a value of a mistyped field":      {"near canary-typo here", map[string]string{"a.yaml": "kind: Secret\nmetadata: {name: s}\nstrngData: {a: canary-typo}\n"}},
		"metadata that is a value":         {"near canary-metadata", map[string]string{"a.yaml": "kind: Secret\nmetadata: canary-metadata\n"}},
		"a name that is none":              {"near canary 1", map[string]string{"a.yaml": "kind: Secret\nstringData: {canary 1: b}\n"}},
		"a generator's literal":            {"near canary-literal", map[string]string{"k/kustomization.yaml": "secretGenerator:\n- literals: [a=canary-literal]\n"}},
		"a literal that is none":           {"invalid literal source canary-x, expected key=value", map[string]string{"k/kustomization.yaml": "secretGenerator:\n- literals: [canary-x]\n"}},
		"a literal that is short":          {"literal sources [can]: invalid literal source can, expected key=value", nil},
		"a mapping of literals":            {"near canary-mapping", map[string]string{"k/kustomization.yaml": "secretGenerator:\n- literals: {a: canary-mapping}\n"}},
		"a mistyped field of a generator":  {"near canary-field", map[string]string{"k/kustomization.yaml": "secretGenerator:\n- literal: [a=canary-field]\n"}},
		"a generator that is no list":      {"near canary-one", map[string]string{"k/kustomization.yaml": "secretGenerator:\n  literals: [a=canary-one]\n"}},
		"a builtin generator":              {"near canary-builtin", map[string]string{"k/g.yaml": "apiVersion: builtin\nkind: SecretGenerator\nmetadata: {name: g}\nliterals: [a=canary-builtin]\n"}},
		"a generator's file":               {"near canary-file", map[string]string{"k/kustomization.yaml": "secretGenerator:\n- files: [x=f.txt]\n", "k/f.txt": "first\ncanary-file\n"}},
		"a value in place of a file":       {"k/CANARY72 does not exist", map[string]string{"k/kustomization.yaml": "secretGenerator:\n- files: [pw=CANARY72]\n"}},
		"base64 in place of a file":        {"k/Canary/12+ab34== does not exist", map[string]string{"k/kustomization.yaml": "secretGenerator:\n- files: [pw=Canary/12+ab34==]\n"}},
		"a generator's env file":           {"near canary-env", map[string]string{"k/kustomization.yaml": "secretGenerator:\n- envs: [f.env]\n", "k/f.env": "A=canary-env\n"}},
		"an inline patch":                  {"near canary-inline", map[string]string{"k.yaml": "patches:\n- patch: |-\n    kind: Secret\n    stringData: {a: canary-inline}\n"}},
		"an inline patch that is broken":   {"near canary-inline", map[string]string{"k.yaml": "patches:\n- patch: |-\n    kind: Secret\n    stringData: {a: canary-inline, b: [}\n"}},
		"a legacy inline patch":            {"near canary-legacy", map[string]string{"k.yaml": "patchesStrategicMerge:\n- |-\n  kind: Secret\n  stringData: {a: canary-legacy, b: [}\n"}},
		"a JSON patch of a Secret":         {"near canary-json", map[string]string{"k.yaml": "patches:\n- target: {kind: Secret}\n  patch: |-\n    - op: add\n      path: /stringData/a\n      value: canary-json\n"}},
		"a JSON patch with a mistake":      {"near canary-json", map[string]string{"k.yaml": "# Secret\npatches:\n- target: {kind: Secret}\n  patch: |-\n    - op: add\n      valu: canary-json\n    - x\n"}},
		"a JSON patch that is no list":     {"near canary-json", map[string]string{"k.yaml": "# Secret\npatches:\n- target: {kind: S.*}\n  patch: 'op: canary-json'\n"}},
		"a JSON patch that is broken":      {"near canary-json", map[string]string{"k.yaml": "# Secret\npatches:\n- target: {name: s}\n  patch: '- op: [canary-json'\n"}},
		"a JSON patch in a file":           {"near canary-file", map[string]string{"k/kustomization.yaml": "patches:\n- target: {name: s}\n  path: p.yaml\n", "k/p.yaml": "- op: add\n  path: /data/a\n  value: canary-file\n"}},
		"a Secret in a List":               {"near canary-list", map[string]string{"a.yaml": "kind: List\nitems:\n- kind: Secret\n  stringData: {a: canary-list}\n"}},
		"a Secret that is no YAML":         {"near canary-broken", map[string]string{"a.yaml": "kind: Secret\nstringData:\n  a: canary-broken\n b: [\n"}},
		"an alias that is unknown":         {"unknown anchor 'canary' referenced", nil},
		"a Secret in UTF-16":               {"near canary-16", map[string]string{"a.yaml": "\xff\xfe" + wide("kind: Secret\nstringData: {a: canary-16}\n")}},
		"a document that is printed":       {"wrong node kind: node contents:\npassword: canary-printed", nil},
		"an object that is printed":        {`map[string]interface {}{"a":"canary"}: json: unsupported type`, nil},
		"a resource that is printed":       {"missing metadata.name in object {{v1 Secret} map[a:canary]}", nil},
		"a scalar that is begun":           {"cannot unmarshal !!str `canary-...` into map", nil},
		"a patch that is printed":          {"unable to parse SM or JSON patch from [password: canary-patch\n]", nil},
		"operations that are printed":      {`decoding [{"value":"canary"},"bad"]: json: cannot unmarshal`, nil},
		"a manifest in place of a path":    {"evalsymlink failure on '/k/kind: Secret\nstringData: {a: canary, b: [}' : no such file", nil},
		"a value that is looked into":      {"options.index 7 is out of bounds for value canary", nil},
		"an entry that is printed":         {`source "a=b=canary" key name or file path contains '='`, nil},
		"an entry without a key":           {`missing key name for file path "canary" in source "=canary"`, nil},
		"bytes that are printed":           {"line [99 97 110] has invalid utf8 bytes : canary", nil},
		"the candidates that are printed":  {"found multiple possible referrals: a, b\nkind: Secret\ndata: canary", nil},
		"a patch that nobody has a use of": {"must specify a target for JSON patch [patch: \"canary\"]", nil},
	}
	for name, one := range cases {
		t.Run(name, func(t *testing.T) {
			files := map[string][]byte{}
			for path, text := range one.files {
				files[path] = []byte(text)
			}
			if cleaned := Message(one.message, files); canary.MatchString(cleaned) {
				t.Errorf("got %s", cleaned)
			}
		})
	}
}

func wide(text string) string {
	return strings.Join(strings.Split(text, ""), "\x00") + "\x00"
}

func TestMessageStaysUseful(t *testing.T) {
	files := map[string][]byte{
		"apps/wordpress/base/kustomization.yaml": []byte("secretGenerator:\n- name: database\n  literals: [user=wordpress, level=error, password=hunter22]\n  files: [tls.key=certs/gone.key]\n"),
		"apps/wordpress/base/secret.yaml":        []byte("kind: Secret\nmetadata: {name: visible}\nstringData:\n  a: [\n  # mapping values are not allowed in this context\n"),
	}
	for _, message := range []string{
		"apps/wordpress/base/certs/gone.key does not exist.",
		"apps/wordpress/base/secret.yaml is not valid YAML: mapping values are not allowed in this context.",
		"accumulating resources: accumulation err='accumulating resources from 'secret.yaml': yaml: line 3: did not find expected node content'",
		"no matches for Id Secret.v1.[noGrp]/database.[noNs]; failed to find unique target for patch",
	} {
		if cleaned := Message(message, files); cleaned != message {
			t.Errorf("got %s\nwant %s", cleaned, message)
		}
	}
}

func TestPlaceOfAnEntry(t *testing.T) {
	literal := "literal sources [canary]: invalid literal source canary, expected key=value"
	cases := map[string]struct {
		message, text string
		line          int
	}{
		"a literal":                  {literal, "secretGenerator:\n- name: a\n  literals:\n  - x=y\n  - canary\n", 5},
		"a value in place of a file": {"evalsymlink failure on '/k/canary' : no such file", "secretGenerator:\n- name: a\n  files:\n  - pw=canary\n", 4},
		"a manifest":                 {"evalsymlink failure on '/k/kind: Secret\nstringData: {a: canary}' : no such file", "resources:\n- |-\n  kind: Secret\n  stringData: {a: canary}\n", 2},
		"another's file":             {"evalsymlink failure on '/o/canary' : no such file", "secretGenerator:\n- name: a\n  files: [pw=canary]\n", 0},
		"no entry":                   {"near canary", "secretGenerator:\n- name: a\n  literals: [pw=canary]\n", 0},
	}
	for name, one := range cases {
		t.Run(name, func(t *testing.T) {
			_, place := Clean(one.message, map[string][]byte{"k/kustomization.yaml": []byte(one.text)})
			if one.line == 0 && place != nil || one.line != 0 && (place == nil || place.Path != "k/kustomization.yaml" || place.Line != one.line) {
				t.Errorf("got %v, want line %d", place, one.line)
			}
		})
	}
}
