package redact

import (
	"fmt"
	"regexp"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

var (
	possibleKey = regexp.MustCompile(`^[-._a-zA-Z0-9]{1,253}$`)
	letters     = regexp.MustCompile(`^[A-Za-z0-9]+$`)
	run         = regexp.MustCompile(`[A-Za-z0-9]{16,}`)
	lowerCase   = regexp.MustCompile(`[a-z]`)
	capitals    = regexp.MustCompile(`[A-Z]{2}`)
	digit       = regexp.MustCompile(`[0-9]`)
	equalSigns  = regexp.MustCompile(`^=+$`)
)

// isKey tells whether a field of a Secret can be taken for a name. What is written in the
// place of one often cannot: a line of a private key that is read as an environment file.
// src/model/secretValue.ts has the same rules; testdata/keys.json holds both.
func isKey(name string) bool {
	return possibleKey.MatchString(name) && !strings.HasPrefix(name, "---") && !looksRandom(name)
}

// looksRandom is true for a text with a long run of digits, small letters and capitals next to
// each other, as encodings have and camelCase has not.
func looksRandom(text string) bool {
	for _, one := range run.FindAllString(text, -1) {
		if lowerCase.MatchString(one) && capitals.MatchString(one) && digit.MatchString(one) {
			return true
		}
	}
	return false
}

// unshowableKeys finds the fields of a mapping, by their index, of which the name is not shown,
// because a value may stand in its place. A line of base64 that was read as `name=value` may
// end with a second equal sign; and next to such a name, a field without a value is another
// line of the same text.
func unshowableKeys(node *yaml.Node, encoded bool) map[int]bool {
	unshowable := map[int]bool{}
	empty := []int{}
	for i := 0; i+1 < len(node.Content); i += 2 {
		name, value := node.Content[i].Value, node.Content[i+1]
		content := scalar(value)
		if encoded {
			content = ContentOf(content)
		}
		switch {
		case !isKey(name), letters.MatchString(name) && equalSigns.MatchString(content):
			unshowable[i] = true
		case value.Kind == yaml.ScalarNode && content == "":
			empty = append(empty, i)
		}
	}
	if len(unshowable) > 0 {
		for _, i := range empty {
			unshowable[i] = true
		}
	}
	return unshowable
}

// hiddenKey stands for the nth name of a mapping, from 1, that is not shown.
func hiddenKey(n int) string {
	if n == 1 {
		return "<redacted key>"
	}
	return fmt.Sprintf("<redacted key %d>", n)
}
