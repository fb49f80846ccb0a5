package directory

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"strconv"
	"strings"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	kubernetes "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"hydrant/engine/internal/rendering"
)

// bufferSize is what is read ahead to tell JSON from YAML.
const bufferSize = 4096

// parse gives a file's objects; lists are opened.
func parse(name string, content []byte) ([]rendering.Item, error) {
	read := yamlObjects
	if path.Ext(name) == ".json" {
		read = jsonObject
	}
	objects, err := read(name, content)
	if err != nil {
		return nil, err
	}
	var items []rendering.Item
	for _, object := range objects {
		opened, err := open(name, object)
		if err != nil {
			return nil, err
		}
		for _, one := range opened {
			node, err := yaml.FromMap(one.Object)
			if err != nil {
				return nil, invalid(name, content, err)
			}
			items = append(items, rendering.Item{Node: node, Origin: rendering.Origin{Path: &name}})
		}
	}
	return items, nil
}

func yamlObjects(name string, content []byte) ([]*unstructured.Unstructured, error) {
	decoder := kubernetes.NewYAMLOrJSONDecoder(bytes.NewReader(content), bufferSize)
	var objects []*unstructured.Unstructured
	for {
		object := &unstructured.Unstructured{}
		err := decoder.Decode(&object)
		if errors.Is(err, io.EOF) {
			return objects, nil
		}
		if err != nil {
			// A file of something else is none of Argo CD's business; one that looks like a
			// manifest, or begins with some, is wrong.
			if len(objects) == 0 && !looksLikeManifest(content) {
				return nil, nil
			}
			return nil, invalid(name, content, err)
		}
		if object != nil {
			objects = append(objects, object)
		}
	}
}

func jsonObject(name string, content []byte) ([]*unstructured.Unstructured, error) {
	decoder := json.NewDecoder(bytes.NewReader(content))
	object := &unstructured.Unstructured{}
	if err := decoder.Decode(object); err != nil {
		return nil, invalid(name, content, err)
	}
	if decoder.More() {
		return nil, &rendering.Problem{Kind: "invalid-resource", Path: &name, Subject: &name,
			Message: name + " has several objects; a JSON file may have one."}
	}
	return []*unstructured.Unstructured{object}, nil
}

func looksLikeManifest(content []byte) bool {
	for _, field := range []string{"apiVersion:", "kind:", "metadata:"} {
		if !bytes.Contains(content, []byte(field)) {
			return false
		}
	}
	return true
}

// open gives a list's items, and another object itself.
func open(name string, object *unstructured.Unstructured) ([]*unstructured.Unstructured, error) {
	if !object.IsList() {
		if isNullList(object) {
			return nil, nil
		}
		return []*unstructured.Unstructured{object}, nil
	}
	var items []*unstructured.Unstructured
	err := object.EachListItem(func(item runtime.Object) error {
		if one, ok := item.(*unstructured.Unstructured); ok {
			items = append(items, one)
			return nil
		}
		return errors.New("not an object")
	})
	if err != nil {
		return nil, &rendering.Problem{Kind: "invalid-resource", Path: &name, Subject: &name,
			Message: fmt.Sprintf("%s has a list with an item that is no object.", name)}
	}
	return items, nil
}

func isNullList(object *unstructured.Unstructured) bool {
	items, ok := object.Object["items"]
	return ok && items == nil && object.Object["spec"] == nil && object.Object["status"] == nil
}

var yamlError = regexp.MustCompile(`yaml: (?:line (\d+): )?([^\n]*)`)

// invalid makes a problem of a decoder's error, which may have the whole document in it.
func invalid(name string, content []byte, err error) *rendering.Problem {
	problem := &rendering.Problem{Kind: "syntax", Path: &name, Message: name + " is not valid JSON."}
	// The decoder of streams does not keep the error's type.
	if strings.Contains(err.Error(), "Object 'Kind' is missing") {
		problem.Kind, problem.Subject = "invalid-resource", &name
		problem.Message = name + " has an object without kind."
		return problem
	}
	if match := yamlError.FindStringSubmatch(err.Error()); match != nil {
		problem.Message = fmt.Sprintf("%s is not valid YAML: %s.", name, match[2])
		// The decoder counts from the beginning of a document.
		if line, err := strconv.Atoi(match[1]); err == nil && !bytes.Contains(content, []byte("---")) {
			problem.Line = &line
		}
		return problem
	}
	if path.Ext(name) != ".json" {
		problem.Message = name + " has a document that is no Kubernetes object."
		problem.Kind = "invalid-resource"
	}
	return problem
}
