// Package redact replaces the values of Secrets where they are first read: in rendered
// resources, and in the messages of upstream errors.
package redact

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// Mode tells what stands in place of a value.
type Mode string

const (
	// None leaves values as they are.
	None Mode = "none"
	// Mask puts Text in their place.
	Mask Mode = "mask"
	// Digest puts Prefix and a keyed digest in their place, so that they can be compared.
	Digest Mode = "digest"
)

// Text and Prefix are the client's REDACTED_TEXT and REDACTED_PREFIX (src/model/redacted.ts).
const (
	Text   = "<redacted>"
	Prefix = "hydrant.redacted/"
)

const lastApplied = "kubectl.kubernetes.io/last-applied-configuration"

// Redaction replaces values.
type Redaction struct {
	Mode Mode   `json:"mode"`
	Key  string `json:"key"`
}

// Resource replaces the values of a Secret in place; other kinds stay as they are.
func (r Redaction) Resource(resource *yaml.RNode) {
	if r.Mode == None || resource.GetKind() != "Secret" {
		return
	}
	root := resource.YNode()
	r.values(field(root, "data"))
	r.values(field(root, "stringData"))
	r.values(field(field(field(root, "metadata"), "annotations"), lastApplied))
}

// values replaces every scalar below a node; names of fields stay.
func (r Redaction) values(node *yaml.Node) {
	if node == nil {
		return
	}
	switch node.Kind {
	case yaml.MappingNode:
		for i := 1; i < len(node.Content); i += 2 {
			r.values(node.Content[i])
		}
	case yaml.SequenceNode, yaml.DocumentNode:
		for _, item := range node.Content {
			r.values(item)
		}
	case yaml.AliasNode:
		*node = yaml.Node{Kind: yaml.ScalarNode, Tag: yaml.NodeTagString, Value: r.replace(node.Alias.Value)}
	case yaml.ScalarNode:
		if node.Tag != yaml.NodeTagNull {
			*node = yaml.Node{Kind: yaml.ScalarNode, Tag: yaml.NodeTagString, Value: r.replace(node.Value)}
		}
	}
}

func (r Redaction) replace(value string) string {
	if r.Mode == Mask {
		return Text
	}
	digest := hmac.New(sha256.New, []byte(r.Key))
	digest.Write([]byte(value))
	return Prefix + hex.EncodeToString(digest.Sum(nil))
}

// field gives the value of a mapping's field, or nil.
func field(node *yaml.Node, name string) *yaml.Node {
	if node == nil {
		return nil
	}
	if node.Kind == yaml.DocumentNode && len(node.Content) == 1 {
		return field(node.Content[0], name)
	}
	if node.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		if node.Content[i].Value == name {
			return node.Content[i+1]
		}
	}
	return nil
}
