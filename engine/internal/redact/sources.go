package redact

import (
	"bytes"
	"errors"
	"io"
	"path"
	"regexp"
	"sort"
	"strings"
	"unicode/utf16"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// Place is a line of a file, from 1.
type Place struct {
	Path string
	Line int
}

// sources are the texts of what was read that no message may quote: all that a Secret, its
// patch or its generator is made of, but what it is called.
type sources struct {
	files map[string][]byte
	names names
	// texts are found wherever they stand in a message, words only as words.
	texts map[string]bool
	words map[string]bool
	// entries of generators that an error may be about: a literal, or a path from the root.
	entries map[string]Place
	// inline are manifests and patches that stand in a text.
	inline []inline
}

type inline struct {
	text  string
	place Place
}

// mentioned matches a text that may belong to a Secret, even if it cannot be parsed.
var mentioned = regexp.MustCompile(`\bSecret\b|[sS]ecretGenerator|stringData|(?i:kind["']?\s*:\s*["']?secret\b)`)

func sourcesOf(files map[string][]byte) *sources {
	found := &sources{files: files, names: namesOf(files), texts: map[string]bool{}, words: map[string]bool{}, entries: map[string]Place{}}
	all := make([]string, 0, len(files))
	for name := range files {
		all = append(all, name)
	}
	sort.Strings(all)
	for _, name := range all {
		text := decoded(files[name])
		if mentioned.MatchString(text) || strings.HasPrefix(strings.ToLower(path.Base(name)), "kustomization") {
			found.document(text, from{Place: Place{name, 1}}, false)
		}
	}
	return found
}

// from is where a text begins; one that is folded stands on that line as a whole.
type from struct {
	Place
	folded bool
}

func (f from) at(line int) Place {
	if f.folded || line < 1 {
		return f.Place
	}
	return Place{f.Path, f.Line + line - 1}
}

// document reads a text of YAML or JSON. patch: it is applied to a Secret.
func (s *sources) document(text string, at from, patch bool) {
	documents, err := parse(text)
	if err != nil {
		if patch || mentioned.MatchString(text) {
			s.raw(text)
		}
		return
	}
	for _, document := range documents {
		for _, root := range document.Content {
			switch {
			case patch:
				s.patched(root, at)
			case root.Kind != yaml.ScalarNode:
				s.node(root, at)
			}
		}
	}
}

func parse(text string) ([]*yaml.Node, error) {
	decoder := yaml.NewDecoder(strings.NewReader(text))
	var documents []*yaml.Node
	for {
		document := &yaml.Node{}
		err := decoder.Decode(document)
		if errors.Is(err, io.EOF) {
			return documents, nil
		}
		if err != nil {
			return nil, err
		}
		documents = append(documents, document)
	}
}

// node finds what concerns Secrets, at any depth, and in patches that stand in a text.
func (s *sources) node(node *yaml.Node, at from) {
	switch node.Kind {
	case yaml.ScalarNode:
		if mentioned.MatchString(node.Value) {
			s.inline = append(s.inline, inline{node.Value, at.at(node.Line)})
			s.document(node.Value, inside(node, at), false)
		}
	case yaml.SequenceNode:
		for _, item := range node.Content {
			s.node(item, at)
		}
	case yaml.MappingNode:
		metadata := field(node, "metadata")
		s.names.add(scalar(field(node, "apiVersion")), scalar(field(node, "kind")), scalar(field(metadata, "name")), scalar(field(metadata, "namespace")))
		if isSecret(node) || strings.EqualFold(scalar(field(node, "kind")), "Secret") && metadata != nil {
			s.secret(node)
			return
		}
		if scalar(field(node, "kind")) == "SecretGenerator" {
			s.generator(node, at)
		}
		s.patch(node, at)
		for i := 0; i+1 < len(node.Content); i += 2 {
			if node.Content[i].Value == "secretGenerator" {
				s.generators(node.Content[i+1], at)
			} else {
				s.node(node.Content[i+1], at)
			}
		}
	}
}

// inside is where the text of a scalar begins.
func inside(node *yaml.Node, at from) from {
	switch node.Style {
	case yaml.LiteralStyle:
		return from{Place: at.at(node.Line + 1), folded: at.folded}
	default:
		return from{Place: at.at(node.Line), folded: true}
	}
}

// secret takes every value but those that say what the Secret is.
func (s *sources) secret(node *yaml.Node) {
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		switch name := key.Value; {
		case isHarmless(name, value):
		case name == "metadata" && value.Kind == yaml.MappingNode:
			for j := 0; j+1 < len(value.Content); j += 2 {
				switch below := value.Content[j].Value; below {
				case "name", "namespace", "generateName", "labels":
				case "annotations":
					s.all(field(value.Content[j+1], lastApplied))
				default:
					s.all(value.Content[j+1])
				}
			}
		default:
			s.key(key)
			s.all(value)
		}
	}
}

// all takes every scalar below a node, and names of fields that are none.
func (s *sources) all(node *yaml.Node) {
	switch {
	case node == nil:
	case node.Kind == yaml.ScalarNode:
		s.text(node.Value)
	case node.Kind == yaml.AliasNode:
		s.text(scalar(node.Alias))
	case node.Kind == yaml.MappingNode:
		for i := 0; i+1 < len(node.Content); i += 2 {
			s.key(node.Content[i])
			s.all(node.Content[i+1])
		}
	default:
		for _, item := range node.Content {
			s.all(item)
		}
	}
}

func (s *sources) key(node *yaml.Node) {
	if !isKey(node.Value) {
		s.text(node.Value)
	}
}

// decoded is a file's text: YAML may be in UTF-16, with a byte order mark.
func decoded(content []byte) string {
	for mark, at := range map[string]func(pair []byte) uint16{
		"\xff\xfe": func(pair []byte) uint16 { return uint16(pair[0]) | uint16(pair[1])<<8 },
		"\xfe\xff": func(pair []byte) uint16 { return uint16(pair[1]) | uint16(pair[0])<<8 },
	} {
		rest, ok := bytes.CutPrefix(content, []byte(mark))
		if !ok {
			continue
		}
		units := make([]uint16, 0, len(rest)/2)
		for i := 0; i+1 < len(rest); i += 2 {
			units = append(units, at(rest[i:i+2]))
		}
		return string(utf16.Decode(units))
	}
	return string(content)
}
