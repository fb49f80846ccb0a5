package kustomize

import (
	"strings"
	"testing"

	"hydrant/engine/internal/flux"
)

func TestHelmCharts(t *testing.T) {
	files := map[string]string{
		"base/kustomization.yaml":             "helmCharts: [{name: c, releaseName: r, valuesInline: {a: inline}}]\nresources: [x.yaml]\n",
		"base/x.yaml":                         strings.Replace(configMap, "name: c", "name: x", 1),
		"base/charts/c/Chart.yaml":            "apiVersion: v2\nname: c\nversion: 1.0.0\n",
		"base/charts/c/values.yaml":           "a: own\nb: own\n",
		"base/charts/c/templates/config.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: '{{ .Release.Name }}'}\ndata: {a: '{{ .Values.a }}', b: '{{ .Values.b }}', namespace: '{{ .Release.Namespace }}'}\n",
		"o/kustomization.yaml":                "resources: [../mid]\nnamePrefix: p-\n",
		"mid/kustomization.yaml":              "resources: [../link]\nnamespace: ns\n",
		"link":                                "-> base",
		"gone/kustomization.yaml":             "helmCharts: [{name: gone}]\n",
		"broken/kustomization.yaml":           "resources: [../broken/base]\n",
		"broken/base/kustomization.yaml":      "helmCharts: [{name: c, repo: 'https://example.com', version: 1.0.0}]\n",
	}
	for _, origins := range []bool{false, true} {
		items, disk, problem := rendered(t, files, Source{Path: "o"}, origins)
		if problem != nil {
			t.Fatal(problem.Message)
		}
		text := manifests(t, items)
		for _, want := range []string{"a: inline", "b: own", "namespace: ns\nkind", "name: p-r\n", "name: p-x\n"} {
			if !strings.Contains(text, want) {
				t.Errorf("without %q:\n%s", want, text)
			}
		}
		for _, entry := range disk.Trace() {
			if strings.Contains(entry.Path, "hydrant") {
				t.Errorf("traced %s", entry.Path)
			}
		}
		for _, item := range items {
			if origins && item.Node.GetName() == "p-r" && (*item.Origin.Path != "base/charts/c/templates/config.yaml" || *item.Origin.ConfiguredIn != "base/kustomization.yaml" || *item.Origin.Generator != "HelmChartInflationGenerator") {
				t.Errorf("origin %+v", item.Origin)
			}
		}
	}
	for path, kind := range map[string]string{"gone": "missing-file", "broken": "remote"} {
		if _, _, problem := rendered(t, files, Source{Path: path}, false); problem == nil || problem.Kind != kind {
			t.Errorf("%s: %+v", path, problem)
		}
	}
	if _, _, problem := rendered(t, files, Source{Path: "base", Mounts: []flux.Mount{{From: "base/**", To: "base"}}}, false); problem == nil || problem.Kind != "invalid-kustomization" {
		t.Errorf("as Flux: %+v", problem)
	}
}
