package crd

import (
	"slices"
	"strings"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
)

// sound is a definition whose schemas have no more than CEL rules are compiled against: the
// types of fields, with the rules themselves. The API server compiles no rule of a schema that
// has another mistake (validateCustomResourceDefinitionValidation of k8s.io/apiextensions-apiserver),
// and one that does not compile would be told only when that is mended. What has no type, and
// nothing that tells it, may be anything: no rule is refused for what it does with that.
func sound(definition *apiextensions.CustomResourceDefinition) *apiextensions.CustomResourceDefinition {
	copied := definition.DeepCopy()
	// Both places: the conversion moves a schema that all versions share out of them.
	validations := []*apiextensions.CustomResourceValidation{copied.Spec.Validation}
	for i := range copied.Spec.Versions {
		validations = append(validations, copied.Spec.Versions[i].Schema)
	}
	for _, validation := range validations {
		if validation != nil && validation.OpenAPIV3Schema != nil {
			root := soundSchema(*validation.OpenAPIV3Schema)
			root.Type, root.XIntOrString, root.Nullable = "object", false, false
			validation.OpenAPIV3Schema = &root
		}
	}
	return copied
}

func soundSchema(given apiextensions.JSONSchemaProps) apiextensions.JSONSchemaProps {
	made := apiextensions.JSONSchemaProps{
		Type: typeOf(given), Format: given.Format, Nullable: given.Nullable, Required: given.Required,
		XPreserveUnknownFields: given.XPreserveUnknownFields, XEmbeddedResource: given.XEmbeddedResource,
		XValidations: soundRules(given.XValidations),
	}
	switch {
	case made.Type == "array":
		made.Items = &apiextensions.JSONSchemaPropsOrArray{Schema: &apiextensions.JSONSchemaProps{XIntOrString: true}}
		if given.Items != nil && given.Items.Schema != nil {
			items := soundSchema(*given.Items.Schema)
			made.Items.Schema = &items
		}
	case made.Type == "object" && len(given.Properties) > 0:
		made.Properties = map[string]apiextensions.JSONSchemaProps{}
		for name, property := range given.Properties {
			made.Properties[name] = soundSchema(property)
		}
	case made.Type == "object" && given.AdditionalProperties != nil:
		made.AdditionalProperties = &apiextensions.JSONSchemaPropsOrBool{Allows: given.AdditionalProperties.Allows}
		if given.AdditionalProperties.Schema != nil {
			values := soundSchema(*given.AdditionalProperties.Schema)
			made.AdditionalProperties.Schema = &values
		}
	case made.Type == "":
		// What is a number or text has the type of anything in CEL.
		made.XIntOrString = made.XPreserveUnknownFields == nil
	}
	return made
}

// typeOf is a schema's type, or the one that the rest of it can only mean.
func typeOf(schema apiextensions.JSONSchemaProps) string {
	switch {
	case schema.XIntOrString:
		return ""
	case slices.Contains([]string{"object", "array", "string", "integer", "number", "boolean"}, schema.Type):
		return schema.Type
	case len(schema.Properties) > 0 || schema.AdditionalProperties != nil:
		return "object"
	case schema.Items != nil:
		return "array"
	}
	return ""
}

// soundRules leaves out what is told of a rule without compiling it.
func soundRules(given apiextensions.ValidationRules) apiextensions.ValidationRules {
	var made apiextensions.ValidationRules
	for _, rule := range given {
		kept := apiextensions.ValidationRule{Rule: rule.Rule, MessageExpression: strings.TrimSpace(rule.MessageExpression), OptionalOldSelf: rule.OptionalOldSelf}
		if strings.TrimSpace(rule.Rule) == "" {
			kept = apiextensions.ValidationRule{Rule: "true"}
		}
		if strings.ContainsAny(rule.Rule, "\r\n") {
			kept.Message = "wanted of a rule of several lines"
		}
		made = append(made, kept)
	}
	return made
}
