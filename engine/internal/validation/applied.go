package validation

import (
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer/json"
)

// Applied is a built-in object as it reaches admission when it is applied: with its defaults,
// and each value in the form of its type. Nothing for other kinds, and for what cannot be read.
func Applied(manifest []byte) (object map[string]any, ok bool) {
	defer func() {
		if recover() != nil {
			object, ok = nil, false
		}
	}()
	kind, err := json.DefaultMetaFactory.Interpret(manifest)
	if err != nil {
		return nil, false
	}
	resource, known := resources[kind.GroupKind()]
	if !known || !resource.scheme.Recognizes(*kind) {
		return nil, false
	}
	internal, err := runtime.Decode(resource.codecs.UniversalDecoder(), manifest)
	if err != nil {
		return nil, false
	}
	metadata, err := meta.Accessor(internal)
	if err != nil {
		return nil, false
	}
	complete(metadata, resource.strategy.NamespaceScoped())
	versioned, err := resource.scheme.ConvertToVersion(internal, kind.GroupVersion())
	if err != nil {
		return nil, false
	}
	object, err = runtime.DefaultUnstructuredConverter.ToUnstructured(versioned)
	return object, err == nil
}
