package redact

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

const lastApplied = "kubectl.kubernetes.io/last-applied-configuration"

// Resources replaces the values of Secrets in place, and those values wherever else in the
// same rendering they stand: replacements and variables copy them. The result are the readable
// values that were replaced in Secrets, each once: they never leave the process but sealed.
func (r Redaction) Resources(resources []*yaml.RNode) []string {
	if r.Mode == None {
		return nil
	}
	pass := &pass{Redaction: r, replaced: map[*yaml.Node]bool{}, found: map[string]bool{}, copies: copies{instead: map[string]string{}, public: map[string]bool{}}}
	secrets := []*yaml.Node{}
	for _, resource := range resources {
		secrets = append(secrets, pass.look(resource.YNode())...)
	}
	for _, secret := range secrets {
		pass.secret(secret)
	}
	pass.replaceCopies(resources)
	return slices.Sorted(maps.Keys(pass.found))
}

// pass goes through one rendering.
type pass struct {
	Redaction
	// replaced are the nodes that stand for a value.
	replaced map[*yaml.Node]bool
	// found are the readable values, decoded.
	found  map[string]bool
	copies copies
}

// look finds Secrets at any depth, in Lists and as the contents of other objects, and learns
// what the objects are called.
func (p *pass) look(node *yaml.Node) []*yaml.Node {
	if node == nil {
		return nil
	}
	p.copies.identify(node)
	if isSecret(node) {
		return []*yaml.Node{node}
	}
	if items := field(node, "items"); items != nil && scalar(field(node, "kind")) == "SecretList" {
		return items.Content
	}
	found := []*yaml.Node{}
	for _, child := range node.Content {
		found = append(found, p.look(child)...)
	}
	return found
}

// isSecret tells a Secret, its kind may be misspelt, from a reference to one, which holds
// nothing.
func isSecret(node *yaml.Node) bool {
	object := field(node, "apiVersion") != nil && field(node, "metadata") != nil
	if strings.EqualFold(scalar(field(node, "kind")), "Secret") {
		return object || field(node, "data") != nil || field(node, "stringData") != nil
	}
	return object && field(node, "stringData") != nil
}

// isCustom tells another group's kind of the same name. Of the built-in groups that have no
// dot none has a Secret: there, the group is a mistake.
func isCustom(node *yaml.Node) bool {
	group, _, _ := strings.Cut(scalar(field(node, "apiVersion")), "/")
	return strings.Contains(group, ".")
}

// secret replaces every value of a Secret but those that say what it is, so that what stands
// below a mistyped field is not shown either.
func (p *pass) secret(node *yaml.Node) {
	custom := isCustom(node)
	unshowable := map[int]bool{}
	uncomment(node)
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		uncomment(key)
		switch name := key.Value; {
		case name == "metadata":
			p.metadata(value)
		case name == "data", name == "stringData":
			p.values(value, reading{encoded: name == "data"})
		case custom, isHarmless(name, value):
			uncomment(value)
		case name == "sops":
			p.values(value, reading{notCopied: true})
		default:
			p.values(value, reading{})
			unshowable[i] = !isKey(name)
		}
	}
	p.hideKeys(node, unshowable)
}

// typeName is that of a Secret's type, such as kubernetes.io/tls.
var typeName = regexp.MustCompile(`^[A-Za-z0-9][\w.-]{0,252}(?:/[\w.-]{1,63})?$`)

func isHarmless(name string, value *yaml.Node) bool {
	switch name {
	case "apiVersion", "kind", "type":
		text := scalar(value)
		return typeName.MatchString(text) && !looksRandom(text)
	case "immutable":
		return value.Tag == yaml.NodeTagBool
	}
	return false
}

var timestamp = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$`)

// metadata keeps what identifies a Secret, and its labels and annotations. Where one of them
// is a copy of a value, it is replaced as such.
func (p *pass) metadata(node *yaml.Node) {
	if node.Kind != yaml.MappingNode {
		p.values(node, reading{})
		return
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		value := node.Content[i+1]
		uncomment(node.Content[i])
		switch name := node.Content[i].Value; {
		case value.Kind == yaml.ScalarNode && (name == "name" || name == "namespace" || name == "generateName" || timestamp.MatchString(value.Value)):
			uncomment(value)
		case value.Kind == yaml.MappingNode && (name == "labels" || name == "annotations"):
			p.texts(value)
		default:
			p.values(value, reading{notCopied: true})
		}
	}
}

// texts keeps labels or annotations, but what kubectl keeps of the whole Secret there.
func (p *pass) texts(node *yaml.Node) {
	for i := 0; i+1 < len(node.Content); i += 2 {
		uncomment(node.Content[i])
		uncomment(node.Content[i+1])
		if node.Content[i+1].Kind != yaml.ScalarNode || node.Content[i].Value == lastApplied {
			p.values(node.Content[i+1], reading{notCopied: true})
		}
	}
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

// scalar is the text of a scalar, or empty.
func scalar(node *yaml.Node) string {
	if node == nil || node.Kind != yaml.ScalarNode {
		return ""
	}
	return node.Value
}
