package helm

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
	kubernetes "sigs.k8s.io/yaml"
)

// asServerReads makes a document unambiguous: what operators send to the API server is read
// by YAML 1.1 (`yes` is a boolean, a date is a text, of equal keys the last counts), kyaml
// reads 1.2. The order of keys stays.
func asServerReads(node *yaml.Node) error {
	switch node.Kind {
	case yaml.ScalarNode:
		return plain(node)
	case yaml.MappingNode:
		return mapping(node)
	default:
		for _, child := range node.Content {
			if err := asServerReads(child); err != nil {
				return err
			}
		}
		return nil
	}
}

// mergeTag is the tag of the key <<.
const mergeTag = "!!merge"

func mapping(node *yaml.Node) error {
	at := map[string]int{}
	kept := node.Content[:0]
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		if err := asServerReads(value); err != nil {
			return err
		}
		if key.Kind == yaml.ScalarNode && key.Tag != mergeTag {
			if err := asText(key); err != nil {
				return err
			}
			if before, ok := at[key.Value]; ok {
				kept[before+1] = value
				continue
			}
			at[key.Value] = len(kept)
		}
		kept = append(kept, key, value)
	}
	node.Content = kept
	return nil
}

// asText makes a key a text: JSON knows no other.
func asText(key *yaml.Node) error {
	if err := plain(key); err != nil {
		return err
	}
	if key.Tag != yaml.NodeTagString {
		key.Tag, key.Style = yaml.NodeTagString, yaml.DoubleQuotedStyle
	}
	return nil
}

// ambiguous are plain scalars that are not certainly texts.
var ambiguous = regexp.MustCompile(`^(|~|[yYnN]|(?i:yes|no|on|off|true|false|null)|[-+]?\.?[0-9].*|[-+]?\.(?i:inf|nan))$`)

// plain settles what a scalar without quotes and tag is.
func plain(node *yaml.Node) error {
	if node.Style&^yaml.FlowStyle != 0 || !ambiguous.MatchString(node.Value) {
		return nil
	}
	text, err := kubernetes.YAMLToJSON([]byte(node.Value))
	if err != nil {
		return fmt.Errorf("line %d: %w", node.Line, err)
	}
	switch value := strings.TrimSpace(string(text)); {
	case value[0] == '"':
		node.Tag, node.Style = yaml.NodeTagString, yaml.DoubleQuotedStyle
		return json.Unmarshal(text, &node.Value)
	case value == "null":
		node.Tag, node.Value = yaml.NodeTagNull, value
	case value == "true" || value == "false":
		node.Tag, node.Value = yaml.NodeTagBool, value
	case strings.ContainsAny(value, ".eE"):
		node.Tag, node.Value = yaml.NodeTagFloat, value
	default:
		node.Tag, node.Value = yaml.NodeTagInt, value
	}
	return nil
}
