package admission

import (
	"encoding/json"
	"fmt"
	"slices"

	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	utiljson "k8s.io/apimachinery/pkg/util/json"
	"k8s.io/apiserver/pkg/admission"

	"hydrant/engine/internal/celhidden"
	"hydrant/engine/internal/validation"
)

// request is what the API server would get for a resource.
type request struct {
	admission.Attributes
	object, old *unstructured.Unstructured
	gvr         schema.GroupVersionResource
	gvk         schema.GroupVersionKind
	unknown     string
	complete    bool
}

func newRequest(resource Resource) (*request, error) {
	secret := slices.Concat(resource.Hidden, resource.OldHidden)
	object, applied, err := read(resource.Object.Object, secret)
	if err != nil {
		return nil, err
	}
	one := &request{object: object, gvk: object.GroupVersionKind(), unknown: resource.Unknown, complete: resource.Complete || applied}
	one.gvr, _ = meta.UnsafeGuessKindToResource(one.gvk)
	if resource.Resource != "" {
		one.gvr.Resource = resource.Resource
	}
	if resource.Namespaced && object.GetNamespace() == "" {
		object.SetNamespace("default")
	}
	if resource.Old != nil {
		old, applied, err := read(resource.Old, secret)
		if err != nil {
			return nil, err
		}
		one.old, one.complete = old, resource.Complete || one.complete && applied
		one.old.SetNamespace(object.GetNamespace())
	}
	namespace := object.GetNamespace()
	if one.isNamespace() {
		namespace = object.GetName()
	}
	operation := admission.Create
	if one.old != nil {
		operation = admission.Update
	}
	one.Attributes = one.attributes(namespace, operation)
	return one, nil
}

func (r *request) attributes(namespace string, operation admission.Operation) admission.Attributes {
	var old runtime.Object
	if r.old != nil {
		old = r.old
	}
	return admission.NewAttributesRecord(r.object, old, r.gvk, namespace, r.object.GetName(), r.gvr, "", operation, nil, false, nil)
}

func (r *request) isNamespace() bool {
	return r.gvk.Group == "" && r.gvk.Kind == "Namespace"
}

// read gives an object as the API server would get it, where it is of a built-in kind; it
// tells whether it is.
func read(text json.RawMessage, secret [][]any) (object *unstructured.Unstructured, applied bool, err error) {
	var given map[string]any
	if err := utiljson.Unmarshal(text, &given); err != nil {
		return nil, false, fmt.Errorf("it cannot be read: %w", err)
	}
	content := given
	if len(secret) > 0 {
		celhidden.Blank(given, secret)
		if text, err = json.Marshal(given); err != nil {
			return nil, false, fmt.Errorf("it cannot be read: %w", err)
		}
	}
	// What moves a hidden value somewhere else would show it there as an empty text.
	if complete, ok := validation.Applied(text); ok && celhidden.Has(complete, secret) {
		content, applied = complete, true
	}
	celhidden.Hide(content, secret)
	return &unstructured.Unstructured{Object: content}, applied, nil
}

// param is an object that bindings may refer to.
type param struct {
	object     *unstructured.Unstructured
	namespaced bool
	// secret tells that it has hidden values: it is handed to the expressions as a whole.
	secret bool
}

func newParam(given Object) (*param, error) {
	object, _, err := read(given.Object, nil)
	if err != nil {
		return nil, err
	}
	return &param{object: object, namespaced: object.GetNamespace() != "", secret: len(given.Hidden) > 0}, nil
}
