package kustomize

import (
	"strings"
	"testing"

	"hydrant/engine/internal/confine"
)

func TestPathsThatClimbOutOfTheRepository(t *testing.T) {
	confine.Process()
	component := "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnamePrefix: x-\n"
	const above = " lies outside of the repository; no path may climb above its root."
	const absolute = " is an absolute path, or one that climbs far above the repository's root; paths start at the kustomization's folder."
	cases := []struct {
		name          string
		kustomization string
		subject       string
		message       string
	}{
		{"a base", "resources: [../../../p]", "../../p", "../../p" + above},
		{"a base one level above", "resources: [../../p]", "../p", "../p" + above},
		{"a base by a far way", "resources: [" + strings.Repeat("../", 30) + "p]", "p", "/p" + absolute},
		{"a file", "resources: [../../c.yaml]", "../c.yaml", "../c.yaml" + above},
		{"a component", "resources: [c.yaml]\ncomponents: [../../../component]", "../../component", "../../component" + above},
		{"a patch", "resources: [c.yaml]\npatches: [{path: ../../c.yaml}]", "../c.yaml", "../c.yaml" + above},
		{"a generator's file", "configMapGenerator: [{name: g, files: [../../c.yaml]}]", "../c.yaml", "../c.yaml" + above},
		{"a generator's file of the machine", "configMapGenerator: [{name: g, files: [/etc/passwd]}]", "etc/passwd", "/etc/passwd" + absolute},
	}
	for _, one := range cases {
		t.Run(one.name, func(t *testing.T) {
			reply := render(t, map[string]string{
				"o/kustomization.yaml": one.kustomization, "o/c.yaml": configMap, "c.yaml": configMap,
				"p/kustomization.yaml": "resources: [c.yaml]", "p/c.yaml": configMap, "component/kustomization.yaml": component,
			}, "o", "resources")
			if reply.Problem == nil {
				t.Fatal("it rendered")
			}
			problem := *reply.Problem
			if problem.Kind != "forbidden-path" || said(problem.Subject) != one.subject || problem.Message != one.message {
				t.Errorf("%s, %s: %s", problem.Kind, said(problem.Subject), problem.Message)
			}
		})
	}
}
