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

	"hydrant/engine/internal/hidden"
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
	object, err := read(resource.Object.Object, secret)
	if err != nil {
		return nil, err
	}
	one := &request{object: object, gvk: object.GroupVersionKind(), unknown: resource.Unknown, complete: resource.Complete}
	one.gvr, _ = meta.UnsafeGuessKindToResource(one.gvk)
	if resource.Resource != "" {
		one.gvr.Resource = resource.Resource
	}
	if resource.Namespaced && object.GetNamespace() == "" {
		object.SetNamespace("default")
	}
	if resource.Old != nil {
		if one.old, err = read(resource.Old, secret); err != nil {
			return nil, err
		}
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

func read(text json.RawMessage, secret [][]any) (*unstructured.Unstructured, error) {
	var object map[string]any
	if err := utiljson.Unmarshal(text, &object); err != nil {
		return nil, fmt.Errorf("it cannot be read: %w", err)
	}
	hidden.Hide(object, secret)
	return &unstructured.Unstructured{Object: object}, nil
}

// param is an object that bindings may refer to.
type param struct {
	object     *unstructured.Unstructured
	namespaced bool
	// secret tells that it has hidden values: it is handed to the expressions as a whole.
	secret bool
}

func newParam(given Object) (*param, error) {
	object, err := read(given.Object, nil)
	if err != nil {
		return nil, err
	}
	return &param{object: object, namespaced: object.GetNamespace() != "", secret: len(given.Hidden) > 0}, nil
}
