package redact

import (
	"strings"
	"testing"
)

func TestSealed(t *testing.T) {
	redaction := Redaction{Mode: Digest, Key: "k"}
	sealed := redaction.Seal([]string{"canary-value"})
	if sealed == "" || canary.MatchString(sealed) {
		t.Errorf("the value is not sealed: %q", sealed)
	}
	if sealed != redaction.Seal([]string{"canary-value"}) {
		t.Error("equal values are sealed otherwise")
	}
	for name, other := range map[string]string{
		"another value": redaction.Seal([]string{"canary-other"}),
		"another key":   Redaction{Mode: Digest, Key: "l"}.Seal([]string{"canary-value"}),
	} {
		if strings.HasPrefix(other, sealed[:16]) {
			t.Errorf("%s has the same nonce", name)
		}
	}
	for name, none := range map[string]string{
		"no value": redaction.Seal(nil),
		"no key":   Redaction{Mode: Digest}.Seal([]string{"canary-value"}),
		"a mask":   Redaction{Mode: Mask, Key: "k"}.Seal([]string{"canary-value"}),
	} {
		if none != "" {
			t.Errorf("%s is sealed", name)
		}
	}
}

// TestSealedForTheClient: src/model/sealed.ts opens the same.
func TestSealedForTheClient(t *testing.T) {
	var example struct {
		Key, Sealed string
		Values      []string
	}
	readTable(t, "testdata/sealed.json", &example)
	if sealed := (Redaction{Mode: Digest, Key: example.Key}).Seal(example.Values); sealed != example.Sealed {
		t.Errorf("got %q", sealed)
	}
}
