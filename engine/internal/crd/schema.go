package crd

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"regexp"
	"sync"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	v1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	structural "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
)

// ruleSet is a schema that is ready to check by.
type ruleSet struct {
	schema *structural.Structural
	// validator is nil where the schema has no rules.
	validator *cel.Validator
	// shape checks what must be right before any rule is asked.
	shape       validation.SchemaValidator
	transitions bool
}

// kept has the schemas of the newest requests: the batches of a review have the same ones.
var kept = cache{entries: map[[sha256.Size]byte]*ruleSet{}}

const keptSchemas = 16

type cache struct {
	sync.Mutex
	entries map[[sha256.Size]byte]*ruleSet
	order   [][sha256.Size]byte
}

func compiled(text json.RawMessage, compare bool) (*ruleSet, error) {
	key := sha256.Sum256(fmt.Appendf(nil, "%t %s", compare, text))
	kept.Lock()
	defer kept.Unlock()
	if known, ok := kept.entries[key]; ok {
		return known, nil
	}
	rules, err := compile(text, compare)
	if err != nil {
		return nil, err
	}
	if len(kept.order) == keptSchemas {
		delete(kept.entries, kept.order[0])
		kept.order = kept.order[1:]
	}
	kept.entries[key], kept.order = rules, append(kept.order, key)
	return rules, nil
}

// compile does what the API server does when it begins to serve a definition
// (customresource_handler.go and registry/customresource of k8s.io/apiextensions-apiserver).
func compile(text json.RawMessage, compare bool) (*ruleSet, error) {
	var given v1.JSONSchemaProps
	if err := json.Unmarshal(text, &given); err != nil {
		return nil, fmt.Errorf("the openAPIV3Schema cannot be read: %w", err)
	}
	var props apiextensions.JSONSchemaProps
	if err := v1.Convert_v1_JSONSchemaProps_To_apiextensions_JSONSchemaProps(&given, &props, nil); err != nil {
		return nil, fmt.Errorf("the openAPIV3Schema cannot be read: %w", err)
	}
	schema, err := structural.NewStructural(&props)
	if err != nil {
		return nil, fmt.Errorf("the openAPIV3Schema is not structural: %w", err)
	}
	if err := defaulting.PruneDefaults(schema); err != nil {
		return nil, fmt.Errorf("the defaults of the openAPIV3Schema cannot be used: %w", err)
	}
	shape, _, err := validation.NewSchemaValidator(&props)
	if err != nil {
		return nil, fmt.Errorf("the openAPIV3Schema cannot be used: %w", err)
	}
	transitions := looksBack(schema)
	if !compare {
		withoutOptionalOldSelf(schema)
	}
	validator := cel.NewValidator(schema, true, celconfig.PerCallLimit)
	return &ruleSet{schema: schema, validator: validator, shape: shape, transitions: transitions}, nil
}

var oldSelf = regexp.MustCompile(`\boldSelf\b`)

func looksBack(schema *structural.Structural) bool {
	found := false
	eachRules(schema, func(rules v1.ValidationRules) v1.ValidationRules {
		for _, rule := range rules {
			found = found || oldSelf.MatchString(rule.Rule)
		}
		return rules
	})
	return found
}

// withoutOptionalOldSelf removes the rules that would take a resource for new, for where its
// old state is unknown. Other rules with oldSelf are not asked without one.
func withoutOptionalOldSelf(schema *structural.Structural) {
	eachRules(schema, func(rules v1.ValidationRules) v1.ValidationRules {
		left := v1.ValidationRules{}
		for _, rule := range rules {
			if rule.OptionalOldSelf == nil || !*rule.OptionalOldSelf {
				left = append(left, rule)
			}
		}
		return left
	})
}

func eachRules(schema *structural.Structural, change func(v1.ValidationRules) v1.ValidationRules) {
	visitor := structural.Visitor{
		Structural: func(node *structural.Structural) bool {
			node.XValidations = change(node.XValidations)
			return true
		},
		NestedValueValidation: func(node *structural.NestedValueValidation) bool {
			node.ValidationExtensions.XValidations = change(node.ValidationExtensions.XValidations)
			return true
		},
	}
	visitor.Visit(schema)
}
