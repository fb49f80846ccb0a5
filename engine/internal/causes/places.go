package causes

import (
	"strings"
	"unicode/utf8"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// places tells where nodes of a YAML text stand in it, in bytes.
type places struct {
	text string
	// lines are where they begin.
	lines []int
	// columns are the bytes of each column of lines that are not plain ASCII.
	columns map[int][]int
}

func placesOf(text string) *places {
	p := &places{text: text, lines: []int{0}, columns: map[int][]int{}}
	for i := range len(text) {
		if text[i] == '\n' {
			p.lines = append(p.lines, i+1)
		}
	}
	return p
}

// start is where a node begins, after its anchor and its tag; false where it is not there.
func (p *places) start(node *yaml.Node) (int, bool) {
	if node.Line < 1 || node.Line > len(p.lines) || node.Column < 1 {
		return 0, false
	}
	at := p.column(node.Line-1, node.Column-1)
	for at < len(p.text) && (p.text[at] == '&' || p.text[at] == '!') {
		if end := strings.IndexAny(p.text[at:], " \n"); end >= 0 {
			at += end
		}
		rest := strings.TrimLeft(p.text[at:], " \n")
		if len(rest) == len(p.text)-at {
			return 0, false
		}
		at = len(p.text) - len(rest)
	}
	return at, at < len(p.text)
}

func (p *places) column(line, column int) int {
	begin, end := p.lines[line], len(p.text)
	if line+1 < len(p.lines) {
		end = p.lines[line+1]
	}
	columns, ok := p.columns[line]
	if !ok {
		if own := p.text[begin:end]; utf8.RuneCountInString(own) < len(own) {
			for i := range own {
				columns = append(columns, begin+i)
			}
		}
		p.columns[line] = columns
	}
	switch {
	case columns == nil:
		return min(begin+column, len(p.text))
	case column < len(columns):
		return columns[column]
	}
	return end
}

// span is where a scalar of one line stands, with its quotes; false for others.
func (p *places) span(node *yaml.Node) (start, end int, ok bool) {
	start, ok = p.start(node)
	if !ok {
		return 0, 0, false
	}
	switch quoteOf(node) {
	case 0:
		end = start + len(node.Value)
		return start, end, node.Style&(yaml.LiteralStyle|yaml.FoldedStyle) == 0 && strings.HasPrefix(p.text[start:], node.Value) && !strings.Contains(node.Value, "\n")
	case p.text[start]:
		end, ok = quotedEnd(p.text, start)
		return start, end, ok
	}
	return 0, 0, false
}

// quoteOf is the quote around a scalar, or 0.
func quoteOf(node *yaml.Node) byte {
	switch {
	case node.Style&yaml.DoubleQuotedStyle != 0:
		return '"'
	case node.Style&yaml.SingleQuotedStyle != 0:
		return '\''
	}
	return 0
}

// quotedEnd is behind the closing quote; false where it is on another line.
func quotedEnd(text string, start int) (int, bool) {
	quote := text[start]
	for i := start + 1; i < len(text) && text[i] != '\n'; i++ {
		switch {
		case quote == '"' && text[i] == '\\':
			i++
		case text[i] != quote:
		case quote == '\'' && strings.HasPrefix(text[i:], "''"):
			i++
		default:
			return i + 1, true
		}
	}
	return 0, false
}

// nothing is where a key has no value, an empty mapping or null; false for other values.
func (p *places) nothing(key, value *yaml.Node) (start, end int, ok bool) {
	switch {
	case value.Kind == yaml.MappingNode && len(value.Content) == 0:
		if start, ok = p.start(value); !ok || p.text[start] != '{' {
			return 0, 0, false
		}
		length := strings.IndexByte(p.text[start:], '}')
		return start, start + length + 1, length > 0
	case value.Kind != yaml.ScalarNode || quoteOf(value) != 0 || !nulls[value.Value]:
		return 0, 0, false
	case value.Value != "":
		return p.span(value)
	}
	_, at, ok := p.span(key)
	if !ok {
		return 0, 0, false
	}
	rest := strings.TrimLeft(p.text[at:], " ")
	if !strings.HasPrefix(rest, ":") {
		return 0, 0, false
	}
	at = len(p.text) - len(strings.TrimLeft(rest[1:], " "))
	return at, at, true
}

var nulls = map[string]bool{"": true, "~": true, "null": true, "Null": true, "NULL": true}
