package validation

import (
	"context"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer/json"
	"k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/apiserver/pkg/registry/rest"
)

// create does what the API server's generic registry does with a create request, up to the
// point where the object would be stored (rest.BeforeCreate).
func create(ctx context.Context, manifest []byte) Result {
	kind, err := json.DefaultMetaFactory.Interpret(manifest)
	if err != nil {
		return Result{}
	}
	resource, known := resources[kind.GroupKind()]
	if !known {
		return custom(*kind, manifest)
	}
	if !resource.scheme.Recognizes(*kind) {
		return Result{}
	}
	object, err := runtime.Decode(resource.codecs.UniversalDecoder(), manifest)
	if err != nil {
		return Result{Checked: true, Problem: err.Error()}
	}
	metadata, err := meta.Accessor(object)
	if err != nil {
		return Result{}
	}
	ctx = requestOf(ctx, *kind, metadata)
	complete(metadata, resource.strategy.NamespaceScoped())
	allocate(object)
	resource.strategy.PrepareForCreate(ctx, object)
	if errors := violations(rest.ValidateCreate(ctx, object, resource.strategy)); len(errors) > 0 {
		return Result{Checked: true, Errors: errors}
	}
	return Result{Checked: true, Warnings: told(resource.strategy.WarningsOnCreate(ctx, object))}
}

// told leaves out what the API server only recommends: that the name of what makes pods has no
// dots. Names with a version in them are common, and nothing comes of it.
func told(warnings []string) []string {
	return slices.DeleteFunc(warnings, func(warning string) bool {
		return strings.HasPrefix(warning, "metadata.name: ") && strings.Contains(warning, "a DNS label is recommended")
	})
}

// complete fills in what a request and the server would: a namespace, a generated name, the
// time. None of it depends on chance, so that equal objects have equal messages.
func complete(metadata metav1.Object, namespaced bool) {
	switch {
	case !namespaced:
		metadata.SetNamespace(metav1.NamespaceNone)
	case metadata.GetNamespace() == "":
		metadata.SetNamespace(metav1.NamespaceDefault)
	}
	if prefix := metadata.GetGenerateName(); prefix != "" && metadata.GetName() == "" {
		metadata.SetName(prefix[:min(len(prefix), longestPrefix)] + "00000")
	}
	rest.FillObjectMetaSystemFields(metadata)
}

// longestPrefix is what names.SimpleNameGenerator keeps.
const longestPrefix = 58

func requestOf(ctx context.Context, kind schema.GroupVersionKind, metadata metav1.Object) context.Context {
	resource, _ := meta.UnsafeGuessKindToResource(kind)
	ctx = request.WithNamespace(ctx, metadata.GetNamespace())
	ctx = request.WithUser(ctx, &user.DefaultInfo{})
	return request.WithRequestInfo(ctx, &request.RequestInfo{
		IsResourceRequest: true,
		Verb:              "create",
		APIGroup:          kind.Group,
		APIVersion:        kind.Version,
		Resource:          resource.Resource,
		Namespace:         metadata.GetNamespace(),
		Name:              metadata.GetName(),
	})
}
