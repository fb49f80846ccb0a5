package helm

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"maps"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/bcrypt"

	"hydrant/engine/internal/fixture"
	"hydrant/engine/internal/tame"
)

// random are expressions whose results upstream differ from call to call, and what each has
// to look like.
var random = []struct{ name, expression, pattern string }{
	{"alphaNum", "randAlphaNum 16", `^[A-Za-z0-9]{16}$`},
	{"alpha", "randAlpha 8", `^[A-Za-z]{8}$`},
	{"numeric", "randNumeric 6", `^\d{6}$`},
	{"ascii", "randAscii 12 | b64enc", `^[\w+/]{16}$`},
	{"bytes", "randBytes 12", `^[\w+/]{16}$`},
	{"int", "randInt 5 8", `^[567]$`},
	{"uuid", "uuidv4", `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`},
	{"shuffle", `shuffle "abcdefghijklmnop"`, `^[a-p]{16}$`},
	{"bcrypt", `bcrypt "secret"`, `^\$2a\$10\$`},
	{"htpasswd", `htpasswd "me" "secret"`, `^me:\$2a\$10\$`},
	{"aes", `encryptAES "key" "text" | decryptAES "key"`, `^text$`},
	{"cipher", `encryptAES "key" "text"`, `^[\w+/=]{44}$`},
	{"key", `genPrivateKey "rsa"`, `PRIVATE KEY`},
	{"unknown", `genPrivateKey "odd"`, `^Unknown type odd$`},
	{"now", `now | date "2006-01-02T15:04:05Z07:00"`, `^2026-01-01T00:00:00Z$`},
	{"noDate", `date "2006" "text"`, `^2026$`},
	{"html", `htmlDate now`, `^2026-01-01$`},
	{"zone", `dateInZone "15:04" now "Europe/Berlin"`, `^01:00$|^00:00$`},
	{"ago", `ago (toDate "2006-01-02" "2025-12-31")`, `^24h0m0s$`},
	{"round", `durationRound (toDate "2006-01-02" "2025-12-31")`, `^24h$`},
	{"keys", `keys (dict "b" 1 "a" 2 "c" 3 "e" 4 "d" 5) (dict "z" 1) | join ""`, `^abcdez$`},
	{"values", `values (dict "b" 1 "a" 2 "c" 3 "e" 4 "d" 5) | join ""`, `^21354$`},
}

func randomTemplate(name string) string {
	var data []string
	for _, one := range random {
		data = append(data, one.name, one.expression)
	}
	return configMap(name, data...)
}

func TestSameBytes(t *testing.T) {
	files := map[string]string{"templates/a.yaml": randomTemplate("a")}
	before := dataOf(t, files, app())
	for _, one := range random {
		if !regexp.MustCompile(one.pattern).MatchString(before[one.name]) {
			t.Errorf("%s is %q", one.name, before[one.name])
		}
	}
	if again := dataOf(t, files, app()); !maps.Equal(again, before) {
		t.Errorf("another time it is\n%v\nbefore\n%v", again, before)
	}
	if err := bcrypt.CompareHashAndPassword([]byte(before["bcrypt"]), []byte("secret")); err != nil {
		t.Error(err)
	}
	other := app()
	other.ReleaseName = "other"
	if elsewhere := dataOf(t, files, other); elsewhere["alphaNum"] == before["alphaNum"] || elsewhere["key"] == before["key"] {
		t.Error("another release has the same values")
	}
}

// TestOtherTemplatesKeepTheirValues: what one template asks for moves nothing in the others.
func TestOtherTemplatesKeepTheirValues(t *testing.T) {
	files := map[string]string{
		"templates/b.yaml":      configMap("b", "b", "randAlpha 8", "b2", "randAlpha 8", "text", `tpl "{{ randAlpha 8 }}" .`),
		"templates/_h.tpl":      `{{ define "password" }}{{ randAlpha 8 }}{{ end }}`,
		"charts/s/Chart.yaml":   "apiVersion: v2\nname: s\nversion: 0.1.0\n",
		"charts/s/templates/s":  configMap("s", "s", "randAlpha 8", "helper", `include "password" nil`),
		"templates/nothing.txt": "",
	}
	before := dataOf(t, files, app())
	files["templates/a.yaml"] = configMap("a", "a", "randAlpha 8", "helper-a", `include "password" .`, "included", `include (print $.Template.BasePath "/b.yaml") . | sha256sum`)
	files["templates/z.yaml"] = configMap("z", "z", "randAlpha 8")
	after := dataOf(t, files, app())
	seen := map[string]bool{}
	for name, value := range before {
		if after[name] != value {
			t.Errorf("%s was %s and is %s", name, value, after[name])
		}
		if seen[value] {
			t.Errorf("%s is not the only one with %s", name, value)
		}
		seen[value] = true
	}
}

func TestCertificates(t *testing.T) {
	template := `{{- $ca := genCA "authority" 365 -}}
{{- $cert := genSignedCert "app" (list "10.0.0.1") (list "app.example.com") 30 $ca -}}
{{- $self := genSelfSignedCert "self" nil (list "self.example.com") 30 -}}
{{- $key := genPrivateKey "ecdsa" -}}
{{- $ca2 := genCAWithKey "second" 10 $key -}}
{{- $again := buildCustomCert ($ca.Cert | b64enc) ($ca.Key | b64enc) -}}
{{- $signed := genSignedCertWithKey "third" nil (list "third.example.com") 10 $again $key -}}
{{- $selfKeyed := genSelfSignedCertWithKey "fourth" nil nil 10 $key -}}
` + configMap("c", "ca", "$ca.Cert", "cert", "$cert.Cert", "key", "$cert.Key", "self", "$self.Cert", "ca2", "$ca2.Cert", "signed", "$signed.Cert", "selfKeyed", "$selfKeyed.Cert")
	files := map[string]string{"templates/c.yaml": template}
	got := dataOf(t, files, app())
	if again := dataOf(t, files, app()); !maps.Equal(again, got) {
		t.Error("another time the certificates differ")
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM([]byte(got["ca"])) {
		t.Fatal("the authority has no certificate")
	}
	for name, host := range map[string]string{"cert": "app.example.com", "signed": "third.example.com"} {
		block, _ := pem.Decode([]byte(got[name]))
		parsed, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := parsed.Verify(x509.VerifyOptions{Roots: roots, DNSName: host, CurrentTime: tame.Instant.Add(time.Hour)}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := tls.X509KeyPair([]byte(got["cert"]), []byte(got["key"])); err != nil {
		t.Error(err)
	}
}

func TestCertificateProblems(t *testing.T) {
	for expression, reason := range map[string]string{
		`genCAWithKey "x" 1 "canary"`:                                     "no PEM data in input",
		`genSignedCert "x" nil nil 1 "canary"`:                            "the signer is not a certificate",
		`genSelfSignedCert "x" (list "no address") nil 1`:                 "error parsing ip: no address",
		`genSignedCert "x" nil nil 1 (buildCustomCert "" "")`:             "unable to decode certificate",
		`genSelfSignedCert "x" nil (list 1) 1`:                            "1 is not a string",
		`genSelfSignedCertWithKey "x" nil nil 1 (genPrivateKey "canary")`: "no PEM data in input",
	} {
		files := map[string]string{"templates/c.yaml": "{{ $c := " + expression + " }}"}
		found := problemOf(t, fixture.Disk(t, chartOf(files)), app())
		if found.Kind != "template" || !strings.Contains(found.Message, reason) || strings.Contains(found.Message, "canary") {
			t.Errorf("%s: %s", expression, found.Message)
		}
	}
}
