package redact

import (
	"testing"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// FuzzResources: no document and no message keeps values from being replaced in the others.
func FuzzResources(f *testing.F) {
	for _, text := range []string{
		"kind: Secret\nmetadata: {annotations: {kubectl.kubernetes.io/last-applied-configuration: '{\"kind\":\"Secret\"}'}}\ndata: {.dockerconfigjson: eyJhdXRocyI6e319}\nstringData: {c: [x], d: {e: f}}\n",
		"kind: SecretList\nitems: [{data: {a: b}}, x, ~]\n", "kind: Secret\ndata: &a {x: *a}\n", "kind: Secret\ndata: {? [a] : b, ? {c: d} : e}\nstringData: {~: x}\n",
		"secretGenerator: [{literals: [x=y, 'z'], files: [a=b, c]}]\npatches: [{patch: 'kind: Secret', target: {kind: Secret}}]\n",
	} {
		f.Add(text, "a message of map[a:b]string{x} and 'hunter2'")
	}
	f.Fuzz(func(t *testing.T, text, message string) {
		Message(message, map[string][]byte{"kustomization.yaml": []byte(text)})
		documents, err := parse(text)
		if err != nil {
			return
		}
		var nodes []*yaml.RNode
		for _, one := range documents {
			nodes = append(nodes, yaml.NewRNode(one))
		}
		redaction := Redaction{Mode: Digest, Key: "k"}
		redaction.SecretValues(nodes)
		redaction.Resources(nodes)
	})
}
