package redact

import (
	"encoding/base64"
	"regexp"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// shortest is the length from which a text is looked for in messages: shorter ones would
	// tear holes into ordinary words.
	shortest = 4
	// anywhere is the length from which it is also found inside of a word.
	anywhere = 8
)

// Upstream errors that print documents, lists, or the beginning of a value. What is quoted
// like this is withheld, whatever it is.
var quoting = []struct {
	pattern *regexp.Regexp
	instead string
}{
	{regexp.MustCompile(`(?s)node contents:.*`), "node contents: (not shown)"},
	{regexp.MustCompile("(cannot unmarshal !!\\w+) `[^`]*`"), "$1"},
	{regexp.MustCompile(`(?s)(unable to parse SM or JSON patch from )\[.*\]`), "$1(not shown)"},
	{regexp.MustCompile(`unknown anchor '[^']*'`), "unknown anchor"},
	{regexp.MustCompile(`(?s)literal sources \[.*\]: invalid literal source (?P<quoted>.*), expected key=value`), "invalid literal source"},
	{regexp.MustCompile(`(?s)(missing (?:key name|file path) for [\w ]*?)"[^"]*" in source "[^"]*"`), "$1(not shown)"},
	{regexp.MustCompile(`(?s)source ".*" (key name or file path contains '=')`), "$1"},
	{regexp.MustCompile(`line \[[\d ]*\] has invalid utf8 bytes[^\n]*`), "a line is not UTF-8"},
	{regexp.MustCompile("(?s)with config: `\\s*(path: [^\\s`]+)\\s*`"), "with config: `$1`"},
	{regexp.MustCompile("(?s)with config: `[^`]*\n.*`"), "with config: (not shown)"},
	{regexp.MustCompile(`(?s)(invalid (?:JSON )?patch: )\{.*\}`), "$1(not shown)"},
	{regexp.MustCompile(`(?s)decoding \[.*\]: `), "decoding: "},
	{regexp.MustCompile(`(?s)(must specify a target for (?:JSON )?patch|(?:JsonOp|Patch)=|patch and path in\n|at the same time\n|for the following resource:\n|out of bounds for value) ?.*`), "$1 (not shown)"},
	{regexp.MustCompile(`(?s)map\[[\w {}]*\](?:string|interface \{\})\{.*\}: json: `), "(not shown): json: "},
	{regexp.MustCompile(`(?s)map\[[\w {}]*\](?:string|interface \{\})\{.*\}`), "(not shown)"},
	{regexp.MustCompile(`(?s)(missing (?:kind|metadata\.name) in object) .*`), "$1 (not shown)"},
	{regexp.MustCompile(`(?s)(found multiple possible referrals: [^\n]*)\n.*`), "$1"},
	{regexp.MustCompile(`evalsymlink failure on '(?P<quoted>[^'\n]*)'`), "$0"},
	{regexp.MustCompile(`(?s)(evalsymlink failure on ')(?P<quoted>[^']*\n.*?)(' : )`), "$1(not shown)$3"},
}

// Message removes from an upstream error what could be a Secret's value.
func Message(message string, files map[string][]byte) string {
	cleaned, _ := Clean(message, files)
	return cleaned
}

// Clean removes from an upstream error what could be a Secret's value: documents that it
// prints, and everything that it quotes from files of the render that concern a Secret. The
// place is that of the entry which the error is about, or nil.
func Clean(message string, files map[string][]byte) (string, *Place) {
	found := sourcesOf(files)
	var entry *Place
	for _, rule := range quoting {
		if match := rule.pattern.FindStringSubmatch(message); match != nil && entry == nil {
			entry = found.placeOf(match, rule.pattern.SubexpIndex("quoted"))
		}
		message = rule.pattern.ReplaceAllString(message, rule.instead)
	}
	message = found.withoutTexts(message)
	message = word.ReplaceAllStringFunc(message, func(whole string) string {
		one := trimmed(whole)
		if !found.words[one] || found.names.has(one) {
			return whole
		}
		return strings.Replace(whole, one, Text, 1)
	})
	return message, entry
}

// placeOf is where an entry stands that was quoted as a whole, or as a path from the root.
func (s *sources) placeOf(match []string, group int) *Place {
	if group < 0 {
		return nil
	}
	if place, known := s.entries[strings.TrimSpace(match[group])]; known {
		return &place
	}
	for _, one := range s.inline {
		if strings.HasSuffix(withoutPath.ReplaceAllString(match[group], ""), withoutPath.ReplaceAllString(one.text, "")) {
			return &one.place
		}
	}
	return nil
}

// withoutPath is what may change in a text that is taken for a path.
var withoutPath = regexp.MustCompile(`[\s./]+`)

func (s *sources) withoutTexts(message string) string {
	texts := make([]string, 0, len(s.texts))
	for text := range s.texts {
		if strings.Contains(message, text) && !s.names.has(text) {
			texts = append(texts, text)
		}
	}
	// Longer ones first: a text may contain another.
	sort.Slice(texts, func(a, b int) bool {
		if len(texts[a]) != len(texts[b]) {
			return len(texts[a]) > len(texts[b])
		}
		return texts[a] < texts[b]
	})
	for _, text := range texts {
		message = replaceAll(message, text)
	}
	return message
}

// replaceAll replaces a text; a short one only where no word goes on before or after it.
func replaceAll(message, text string) string {
	if len(text) >= anywhere {
		return strings.ReplaceAll(message, text, Text)
	}
	var cleaned strings.Builder
	for {
		at := strings.Index(message, text)
		if at < 0 {
			return cleaned.String() + message
		}
		before, after := message[:at], message[at+len(text):]
		cleaned.WriteString(before)
		if endsInWord(cleaned.String()) || startsWithWord(after) {
			cleaned.WriteString(text)
		} else {
			cleaned.WriteString(Text)
		}
		message = after
	}
}

// endsInWord: an escaped line break or tab is no letter.
func endsInWord(text string) bool {
	for _, escape := range []string{`\n`, `\t`, `\r`} {
		if strings.HasSuffix(text, escape) {
			return false
		}
	}
	last, _ := utf8.DecodeLastRuneInString(text)
	return unicode.IsLetter(last) || unicode.IsDigit(last)
}

func startsWithWord(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	return unicode.IsLetter(first) || unicode.IsDigit(first)
}

// text takes a value, what it is in base64 and what it is base64 of, and each of its lines.
func (s *sources) text(value string) {
	forms := []string{value, base64.StdEncoding.EncodeToString([]byte(value)), ContentOf(value)}
	if _, after, ok := strings.Cut(value, "="); ok {
		after = strings.Trim(after, `"'`)
		forms = append(forms, after, base64.StdEncoding.EncodeToString([]byte(after)))
	}
	for _, form := range forms {
		for _, line := range strings.Split(form, "\n") {
			if line = strings.TrimSpace(line); len(line) >= shortest {
				s.texts[line] = true
			}
		}
	}
	telling(value, func(one string) {
		// Ordinary words of a text are in other texts as well.
		if len(one) >= anywhere || strings.ToLower(one) != one || digit.MatchString(one) {
			s.words[one] = true
		}
	})
}

// raw takes every word of a text that cannot be parsed.
func (s *sources) raw(text string) {
	telling(text, func(one string) { s.words[one] = true })
}
