package validation

import (
	"encoding/json"
	"strings"

	"k8s.io/apimachinery/pkg/api/validation"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

// custom holds an object of a custom kind to what all objects are held to: its name, namespace,
// labels and annotations. Metadata of the wrong shape is the schema's to tell.
func custom(kind schema.GroupVersionKind, manifest []byte) Result {
	object := metav1.PartialObjectMetadata{}
	if !isCustom(kind.Group) || json.Unmarshal(manifest, &object) != nil {
		return Result{}
	}
	complete(&object, object.Namespace != "")
	errors := validation.ValidateObjectMeta(
		&object.ObjectMeta, object.Namespace != "", validation.NameIsDNSSubdomain, field.NewPath("metadata"))
	return Result{Checked: true, Errors: violations(errors)}
}

// isCustom is true for the groups of CustomResourceDefinitions, which have a dot. Kubernetes' own
// have one name before .k8s.io, such as authorization.k8s.io; gateway.networking.k8s.io is custom.
func isCustom(group string) bool {
	name, own := strings.CutSuffix(group, ".k8s.io")
	return strings.Contains(group, ".") && (!own || strings.Contains(name, "."))
}
