package redact

import (
	"encoding/base64"
	"sort"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// shortestCopy is the length from which a value is looked for in other resources: shorter
// ones are in too many words.
const shortestCopy = 6

// copies are values of Secrets that may stand elsewhere in the same rendering.
type copies struct {
	// instead has what stands for a text.
	instead map[string]string
	// public are names that the rendering shows anyway; a value that is part of one is none
	// that could be kept, and a manifest without them could not be read.
	public map[string]bool
}

// identify learns what an object is called.
func (c *copies) identify(resource *yaml.Node) {
	if field(resource, "kind") == nil {
		return
	}
	metadata := field(resource, "metadata")
	for _, node := range []*yaml.Node{field(resource, "apiVersion"), field(resource, "kind"), field(metadata, "name"), field(metadata, "namespace")} {
		c.public[scalar(node)] = true
	}
}

// add learns of a value, as it was written and by its content.
func (c *copies) add(written, content, token string) {
	forms := []string{written, content, base64.StdEncoding.EncodeToString([]byte(content))}
	for _, form := range forms {
		if form = strings.TrimSpace(form); len(form) >= shortestCopy {
			c.instead[form] = token
		}
	}
}

// replacer replaces longer values first: one may contain another.
func (c *copies) replacer() *strings.Replacer {
	texts := make([]string, 0, len(c.instead))
	for text := range c.instead {
		if !c.isPublic(text) {
			texts = append(texts, text)
		}
	}
	sort.Slice(texts, func(a, b int) bool {
		if len(texts[a]) != len(texts[b]) {
			return len(texts[a]) > len(texts[b])
		}
		return texts[a] < texts[b]
	})
	pairs := make([]string, 0, 2*len(texts))
	for _, text := range texts {
		pairs = append(pairs, text, c.instead[text])
	}
	return strings.NewReplacer(pairs...)
}

func (c *copies) isPublic(text string) bool {
	for name := range c.public {
		if strings.Contains(name, text) {
			return true
		}
	}
	return false
}

// replaceCopies replaces copies in all values of the resources but those that identify them.
// A definition of a kind has no values, and has to be understood.
func (p *pass) replaceCopies(resources []*yaml.RNode) {
	if len(p.copies.instead) == 0 {
		return
	}
	replacer := p.copies.replacer()
	for _, resource := range resources {
		if scalar(field(resource.YNode(), "kind")) == "CustomResourceDefinition" {
			continue
		}
		p.below(resource.YNode(), replacer, func(name string, value *yaml.Node) {
			switch name {
			case "apiVersion", "kind":
			case "metadata":
				p.below(value, replacer, func(name string, value *yaml.Node) {
					if name != "name" && name != "namespace" {
						p.below(value, replacer, nil)
					}
				})
			default:
				p.below(value, replacer, nil)
			}
		})
	}
}

// below replaces copies in a value.
// fields are left to the given function, where there is one.
func (p *pass) below(node *yaml.Node, replacer *strings.Replacer, fields func(name string, value *yaml.Node)) {
	switch node.Kind {
	case yaml.ScalarNode:
		if replaced := replacer.Replace(node.Value); replaced != node.Value && !p.replaced[node] {
			node.Value, node.Tag = replaced, yaml.NodeTagString
		}
	case yaml.MappingNode:
		for i := 0; i+1 < len(node.Content); i += 2 {
			if fields == nil {
				p.below(node.Content[i+1], replacer, nil)
			} else {
				fields(node.Content[i].Value, node.Content[i+1])
			}
		}
	case yaml.SequenceNode:
		for _, item := range node.Content {
			p.below(item, replacer, nil)
		}
	}
}
