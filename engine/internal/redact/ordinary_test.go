package redact

import (
	"strings"
	"testing"
)

func TestCommonWords(t *testing.T) {
	var cases []struct {
		Text   string
		Common bool
	}
	readTable(t, "testdata/common.json", &cases)
	for _, one := range cases {
		if isCommon(one.Text) != one.Common {
			t.Errorf("%q is common: %v", one.Text, !one.Common)
		}
	}
}

// TestCommonValuesStayElsewhere: a value that is no secret anywhere else is hidden in its Secret alone.
func TestCommonValuesStayElsewhere(t *testing.T) {
	const of = "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {user: postgres, mode: enabled, host: db.example.com, word: banana}\n"
	const to = "kind: Deployment\nspec: {image: 'postgres:16', mode: enabled, host: db.example.com, word: banana}\n"
	if text := redacted(Mask, of, to); !strings.Contains(text, to) || strings.Count(text, Text) != 4 {
		t.Errorf("got %s", text)
	}
}
