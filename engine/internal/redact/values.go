package redact

import (
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// reading tells what the values below a field are.
type reading struct {
	// encoded in base64, as those of `data` are.
	encoded bool
	// notCopied: the text is hidden here, and not looked for in other resources.
	notCopied bool
}

// values replaces every scalar below a node; names of fields stay, where they are names.
func (p *pass) values(node *yaml.Node, how reading) {
	uncomment(node)
	switch node.Kind {
	case yaml.MappingNode:
		unshowable := unshowableKeys(node, how.encoded)
		for i := 0; i+1 < len(node.Content); i += 2 {
			key, value := node.Content[i], node.Content[i+1]
			uncomment(key)
			if unshowable[i] {
				p.unnamed(key, value, how)
				continue
			}
			// What is shown here need not be hidden elsewhere.
			p.copies.public[key.Value] = true
			p.values(value, how)
		}
		p.hideKeys(node, unshowable)
	case yaml.SequenceNode, yaml.DocumentNode:
		for _, item := range node.Content {
			p.values(item, how)
		}
	case yaml.AliasNode:
		// Kustomize has resolved them; elsewhere one may lead back to where it stands.
		target := node.Alias
		*node = yaml.Node{Kind: yaml.ScalarNode, Tag: yaml.NodeTagString, Value: scalar(target)}
		if p.replaced[target] {
			p.replaced[node] = true
		} else {
			p.scalar(node, how)
		}
	case yaml.ScalarNode:
		if node.Tag != yaml.NodeTagNull {
			p.scalar(node, how)
		}
	}
}

func (p *pass) scalar(node *yaml.Node, how reading) {
	content := node.Value
	if how.encoded {
		content = ContentOf(content)
	}
	class := classOf(content)
	if isReadable(class) {
		p.found[content] = true
	}
	if class == Plain && !how.notCopied && !isCommon(strings.TrimSpace(content)) {
		p.copies.add(node.Value, content, p.token(class, content))
	}
	p.put(node, p.token(class, content))
}

// unnamed replaces a value whose field has no name to show: what stands there instead
// counts as a part of the value.
func (p *pass) unnamed(key, value *yaml.Node, how reading) {
	if value.Kind != yaml.ScalarNode {
		p.values(value, how)
		return
	}
	p.found[key.Value+"="+value.Value] = true
	if !how.notCopied {
		p.copies.add(key.Value, key.Value, p.token(Plain, key.Value))
	}
	p.put(value, p.token(Plain, key.Value+"="+value.Value))
}

func (p *pass) hideKeys(node *yaml.Node, unshowable map[int]bool) {
	n := 0
	for i := 0; i+1 < len(node.Content); i += 2 {
		if unshowable[i] {
			n++
			p.put(node.Content[i], hiddenKey(n))
		}
	}
}

// put makes a node a text. An anchor stays, for those that refer to it.
func (p *pass) put(node *yaml.Node, text string) {
	p.replaced[node] = true
	*node = yaml.Node{Kind: yaml.ScalarNode, Tag: yaml.NodeTagString, Value: text, Anchor: node.Anchor}
}

// uncomment drops comments, in which earlier values may stand.
func uncomment(node *yaml.Node) {
	node.HeadComment, node.LineComment, node.FootComment = "", "", ""
}
