package helm

import (
	"path"
	"regexp"
	"strconv"
	"strings"
)

// mark is a line of a template.
type mark struct {
	path string
	line int
	text string
}

// marks are comments at the ends of templates' lines, by which rendered lines are known.
type marks struct {
	all []mark
	// rendered are the templates' texts with the marks, and places where the templates stand.
	rendered map[string]string
	places   map[string]place
}

const markSign = " #hydrant:"

var markPattern = regexp.MustCompile(markSign + `(\d+)`)

// unmarked takes the marks off a text.
func unmarked(text string) string {
	return markPattern.ReplaceAllString(text, "")
}

var (
	// keyed begins with the literal key of a mapping, or is an item of a list.
	keyed = regexp.MustCompile(`^\s*(?:- +)*(?:"[^"]*"|'[^']*'|[\w./$-]+) *:(?:\s|$)|^\s*- `)
	// computed is an entry whose key is computed.
	computed = regexp.MustCompile(`^\s*\{\{.*\}\}["']?:(?:\s|$)`)
	// printing is a line that begins with an action that prints something.
	printing = regexp.MustCompile(`^\s*\{\{-?\s*(?:include|toYaml|tpl|template|\(|\$?\.)`)
)

// mark puts a mark at the end of every line of a template that gives entries of YAML.
// Inside of actions, and where an action trims what follows, there is none.
func (m *marks) mark(at place, name string, data []byte) []byte {
	if at.path == "" || at.within != "" || path.Base(name) == notesName {
		return data
	}
	helpers := strings.HasPrefix(path.Base(name), "_")
	lines := strings.Split(string(data), "\n")
	var state lexer
	for i, line := range lines {
		began := state.inAction
		state.read(line)
		text := strings.TrimRight(line, " \t\r")
		gives := keyed.MatchString(text) || computed.MatchString(text) || !helpers && printing.MatchString(text)
		if began || state.inAction || !gives || strings.HasSuffix(text, "-}}") || strings.HasSuffix(text, "\\") {
			continue
		}
		m.all = append(m.all, mark{path: at.path, line: i + 1, text: text})
		lines[i] = text + markSign + strconv.Itoa(len(m.all)-1) + line[len(text):]
	}
	return []byte(strings.Join(lines, "\n"))
}

// producing is the line of a template that gave a line (from 1) of a marked document. What
// an action prints in several lines has its mark at the end of the last one.
func (m *marks) producing(text []string, line int) (mark, bool) {
	for i := line; i > 0 && i <= len(text); i++ {
		match := markPattern.FindStringSubmatch(text[i-1])
		if match == nil {
			continue
		}
		number, err := strconv.Atoi(match[1])
		if err != nil || number >= len(m.all) {
			return mark{}, false
		}
		one := m.all[number]
		return one, i == line || one.begins(text[:line])
	}
	return mark{}, false
}

// begins tells whether the last of the lines are a part of what the template's line prints.
func (m mark) begins(above []string) bool {
	literal, _, acts := strings.Cut(m.text, "{{")
	if !acts {
		return false
	}
	literal = strings.TrimSpace(literal)
	if literal == "" {
		return true
	}
	for i := len(above) - 1; i >= 0 && !markPattern.MatchString(above[i]); i-- {
		if strings.HasPrefix(strings.TrimSpace(above[i]), literal) {
			return true
		}
	}
	return false
}

// lexer tells whether a template's text is inside of an action.
type lexer struct {
	inAction bool
	// quote is the quotation mark of the string that is open, or `*` in a comment.
	quote byte
}

func (l *lexer) read(line string) {
	for i := 0; i < len(line); i++ {
		two := line[i:min(i+2, len(line))]
		switch {
		case !l.inAction:
			if two == "{{" {
				l.inAction = true
				i++
			}
		case l.quote == '*':
			if two == "*/" {
				l.quote = 0
				i++
			}
		case l.quote != 0:
			if line[i] == '\\' && l.quote != '`' {
				i++
			} else if line[i] == l.quote {
				l.quote = 0
			}
		case two == "/*":
			l.quote = '*'
			i++
		case line[i] == '"' || line[i] == '`' || line[i] == '\'':
			l.quote = line[i]
		case two == "}}":
			l.inAction = false
			i++
		}
	}
}
