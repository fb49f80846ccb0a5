package helm

import (
	"fmt"
	"path"
	"strings"

	releaseutil "helm.sh/helm/v4/pkg/release/v1/util"
	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/kustomize/kyaml/yaml"
	kubernetes "sigs.k8s.io/yaml"

	"hydrant/engine/internal/gitfs"
	"hydrant/engine/internal/rendering"
)

// Inflated is one resource of a chart, as a file that a kustomization lists.
type Inflated struct {
	// Path is one that the commit does not have, in the kustomization's folder.
	Path    string
	Content []byte
	Origin  rendering.Origin
}

// Around is what a kustomization's charts are given besides its own entries.
type Around struct {
	// Inherited is the namespace of the kustomization that this one is a base of.
	Inherited string
	// Origins asks for the lines of fields in the files' origins.
	Origins bool
	// Charts is nil where nobody says anything of the cluster.
	Charts *Charts
}

// Charts are the options of `kustomize build` for charts, which come before what an entry says.
type Charts struct {
	KubeVersion string   `json:"kubeVersion,omitempty"`
	APIVersions []string `json:"apiVersions,omitempty"`
	Served      *Served  `json:"served,omitempty"`
}

// RewriteHelmCharts renders the charts that a kustomization asks for (helmCharts,
// helmGlobals, the older helmChartInflationGenerator, and generators of that kind), and gives
// the kustomization with the rendered files among its resources instead. `kustomize build --enable-helm` runs the
// helm program for that (HelmChartInflationGenerator of kustomize api v0.21).
//
// Of a chart it heeds name, version, repo, releaseName, nameTemplate, namespace, valuesFile,
// additionalValuesFiles, valuesInline, valuesMerge, includeCRDs, skipHooks, skipTests,
// apiVersions and kubeVersion; debug, devel and configHome change nothing for a chart that
// is there.
//
// A kustomization that cannot be read stays as it is, for kustomize to say why. An error
// that is the author's fault, or nobody's, is a *rendering.Problem.
func RewriteHelmCharts(disk *gitfs.FileSystem, name string, content []byte, around Around) ([]byte, []Inflated, error) {
	var kustomization types.Kustomization
	if err := kustomization.Unmarshal(content); err != nil {
		return content, nil, nil
	}
	kustomization.FixKustomization()
	asked := fieldCharts(&kustomization, name, content, around.Inherited)
	others, generators, err := generatorCharts(disk, name, kustomization.Generators)
	if err != nil {
		return nil, nil, err
	}
	if asked = append(asked, others...); len(asked) == 0 {
		return content, nil, nil
	}
	var files []Inflated
	for i, one := range asked {
		one.disk, one.origins = disk, around.Origins
		one.chart = around.Charts.given(one.chart)
		if around.Charts != nil {
			one.served = around.Charts.Served
		}
		rendered, err := one.render(i)
		if err != nil {
			return nil, nil, err
		}
		files = append(files, rendered...)
	}
	content, err = withResources(content, files, generators)
	return content, files, err
}

// given is the entry with the options, as HelmChartInflationGenerator takes them.
func (c *Charts) given(chart types.HelmChart) types.HelmChart {
	if c != nil && c.KubeVersion != "" {
		chart.KubeVersion = c.KubeVersion
	}
	if c != nil && len(c.APIVersions) > 0 {
		chart.ApiVersions = c.APIVersions
	}
	return chart
}

// fieldCharts are the charts of the kustomization's own fields.
func fieldCharts(kustomization *types.Kustomization, name string, content []byte, inherited string) []inflation {
	var asked []inflation
	for _, chart := range kustomization.HelmCharts {
		chart.Namespace = firstOf(chart.Namespace, kustomization.Namespace, inherited)
		one := inflation{file: name, folder: path.Dir(name), chart: chart, line: lineOfItem(content, "helmCharts", "name", chart.Name)}
		if kustomization.HelmGlobals != nil {
			one.home = kustomization.HelmGlobals.ChartHome
		}
		asked = append(asked, one)
	}
	return asked
}

// generatorCharts are the charts of generators, files or texts that have nothing else, and
// the other generators.
func generatorCharts(disk *gitfs.FileSystem, name string, generators []string) (asked []inflation, others []string, err error) {
	for _, generator := range generators {
		one := inflation{file: name, folder: path.Dir(name)}
		content := []byte(generator)
		if !strings.Contains(generator, "\n") {
			one.file = path.Join(one.folder, generator)
			// What cannot be read is kustomize's to tell.
			if content, err = disk.ReadFile("/" + one.file); err != nil {
				others = append(others, generator)
				continue
			}
		}
		var config struct {
			Kind string `json:"kind"`
			types.HelmGlobals
			types.HelmChart
		}
		documents := Documents(content)
		if kubernetes.Unmarshal(content, &config) != nil || config.Kind != generatorKind || len(documents) != 1 {
			others = append(others, generator)
			continue
		}
		one.home, one.chart = config.ChartHome, config.HelmChart
		asked = append(asked, one)
	}
	return asked, others, nil
}

// Documents are the documents of a text that have anything in them, in its order.
func Documents(content []byte) []string {
	found := releaseutil.SplitManifests(string(content))
	documents := make([]string, 0, len(found))
	for _, name := range inOrder(found) {
		documents = append(documents, found[name])
	}
	return documents
}

const generatorKind = "HelmChartInflationGenerator"

// firstOf is the first text that is not empty, or the empty one.
func firstOf(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}

// withResources puts files in place of a kustomization's charts. They come last, as what
// generators make does.
func withResources(content []byte, files []Inflated, generators []string) ([]byte, error) {
	kustomization, err := yaml.Parse(string(content))
	if err != nil {
		return nil, fmt.Errorf("kustomization: %w", err)
	}
	resources := yaml.NewListRNode()
	if old, err := kustomization.Pipe(yaml.Get("resources")); err == nil && old != nil && old.YNode().Kind == yaml.SequenceNode {
		resources = old
	}
	for _, file := range files {
		if err := resources.PipeE(yaml.Append(yaml.NewStringRNode(path.Base(file.Path)).YNode())); err != nil {
			return nil, err
		}
	}
	// Without anything in it a kustomization would be refused as empty.
	globals := yaml.NewMapRNode(&map[string]string{"chartHome": types.HelmDefaultHome})
	err = kustomization.PipeE(
		yaml.Tee(yaml.Clear("helmCharts")), yaml.Tee(yaml.Clear("helmChartInflationGenerator")),
		yaml.Tee(yaml.SetField("helmGlobals", globals)), yaml.Tee(yaml.SetField("resources", resources)),
		yaml.SetField("generators", yaml.NewListRNode(generators...)))
	if err != nil {
		return nil, fmt.Errorf("kustomization: %w", err)
	}
	text, err := kustomization.String()
	return []byte(text), err
}
