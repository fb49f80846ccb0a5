package causes

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// mark is the suffix that a changed text gets, and the name of an added key. No real value has it.
const mark = "hydrant-probe"

// probe is a value of a text that can be changed where it stands, to see which fields of
// rendered resources follow it.
type probe struct {
	candidate
	// layer is its number among those of the source, where the value is in none of the files.
	layer int
	// steps are its fields and list indices; the last is a name, or the index of an item.
	steps []any
	// isNothing is true for an empty mapping, or a key without a value: the probe makes it a
	// mapping with a key called mark.
	isNothing bool
	isPlain   bool
	// instead is the value that it is changed to.
	instead string
}

// name is the value's; empty for an item.
func (p *probe) name() string {
	name, _ := p.steps[len(p.steps)-1].(string)
	return name
}

// probing collects the probes of a text.
type probing struct {
	*places
	found []*probe
	// with is what is rendered with another text.
	with func(text string) (Change, bool)
}

// probesIn are the values of a YAML text that can be changed. Aliases and texts of several
// lines cannot; what is no YAML has none.
func probesIn(text string, with func(text string) (Change, bool)) []*probe {
	documents, err := documentsOf([]byte(text))
	if err != nil {
		return nil
	}
	p := &probing{places: placesOf(text), with: with}
	for _, document := range documents {
		p.walk(document, nil)
	}
	return p.found
}

func (p *probing) walk(node *yaml.Node, steps []any) {
	switch node.Kind {
	case yaml.DocumentNode:
		for _, item := range node.Content {
			p.walk(item, steps)
		}
	case yaml.MappingNode:
		for i := 0; i+1 < len(node.Content); i += 2 {
			if key, value := node.Content[i], node.Content[i+1]; key.Kind == yaml.ScalarNode {
				below := append(steps[:len(steps):len(steps)], key.Value)
				p.entry(key, value, below)
				p.walk(value, below)
			}
		}
	case yaml.SequenceNode:
		for i, item := range node.Content {
			if at, ok := p.start(item); ok && item.Kind == yaml.ScalarNode {
				p.scalar(item, at, append(steps[:len(steps):len(steps)], i))
			}
		}
		for i, item := range node.Content {
			p.walk(item, append(steps[:len(steps):len(steps)], i))
		}
	}
}

func (p *probing) entry(key, value *yaml.Node, steps []any) {
	at, ok := p.start(key)
	if !ok || value.Kind == yaml.AliasNode {
		return
	}
	if start, end, ok := p.nothing(key, value); ok {
		p.add(&probe{steps: steps, isNothing: true}, at, func() string {
			return p.text[:start] + " {" + mark + ": x}" + p.text[end:]
		})
		return
	}
	if value.Kind == yaml.ScalarNode {
		p.scalar(value, at, steps)
	}
}

func (p *probing) scalar(node *yaml.Node, at int, steps []any) {
	start, end, ok := p.span(node)
	if !ok || node.Value == "" {
		return
	}
	source, instead, ok := replacement(p.text[start:end], node)
	if !ok {
		return
	}
	one := &probe{steps: steps, isPlain: quoteOf(node) == 0, instead: instead}
	one.value = node.Value
	p.add(one, at, func() string { return p.text[:start] + source + p.text[end:] })
}

func (p *probing) add(one *probe, at int, changed func() string) {
	one.line = strings.Count(p.text[:at], "\n") + 1
	one.change = func() (Change, bool) {
		text := changed()
		// Beside an anchor, a tag or the sign of a block there may be no room: no render is spent on what is no YAML.
		if _, err := documentsOf([]byte(text)); err != nil {
			return Change{}, false
		}
		return p.with(text)
	}
	p.found = append(p.found, one)
}

var (
	isTruth   = regexp.MustCompile(`^(?i:true|false)$`)
	isInteger = regexp.MustCompile(`^-?(?:0|[1-9]\d{0,14})$`)
)

// replacement is another value of the same type, as it is written and as it is read.
func replacement(source string, node *yaml.Node) (written, read string, ok bool) {
	own := node.Value
	if quote := quoteOf(node); quote != 0 {
		return fmt.Sprintf("%s-%s%c", source[:len(source)-1], mark, quote), own + "-" + mark, true
	}
	switch {
	case isTruth.MatchString(own):
		read = strconv.FormatBool(!strings.EqualFold(own, "true"))
	case isInteger.MatchString(own):
		number, err := strconv.ParseInt(own, 10, 64)
		read, ok = strconv.FormatInt(number+1, 10), err == nil
		return read, read, ok
	case strings.ContainsRune("-+.0123456789", rune(own[0])) && isNumber(own):
		return "", "", false
	default:
		read = own + "-" + mark
	}
	return read, read, true
}
