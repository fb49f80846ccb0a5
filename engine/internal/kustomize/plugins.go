package kustomize

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/api/konfig"
	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"hydrant/engine/internal/flux"
	"hydrant/engine/internal/gitfs"
	"hydrant/engine/internal/helm"
)

// pluginFields are the lists of a kustomization whose entries configure plugins.
var pluginFields = []string{"generators", "transformers", "validators"}

// withoutPlugins leaves out of a kustomization the plugins that are programs or containers, which
// are not run, so that the rest can be rendered; Argo CD runs them where it is told to
// (`--enable-alpha-plugins`). What they read of the commit counts as read. Flux refuses them.
func (b *build) withoutPlugins(at place, name string, content []byte) []byte {
	if b.source.asFlux() || !slices.ContainsFunc(pluginFields, func(field string) bool { return bytes.Contains(content, []byte(field)) }) {
		return content
	}
	kustomization, err := yaml.Parse(string(content))
	if err != nil || kustomization.YNode().Kind != yaml.MappingNode {
		return content
	}
	// As the files are: reading a kustomization through the build would look for plugins in it again.
	plain, err := at.disk.View(gitfs.ViewOptions{})
	if err != nil {
		return content
	}
	at.disk = plain
	found := false
	for _, field := range pluginFields {
		list := kustomization.Field(field)
		if list == nil || list.Value.YNode().Kind != yaml.SequenceNode {
			continue
		}
		kept := []*yaml.Node{}
		for _, entry := range list.Value.YNode().Content {
			rest, changed := b.withoutPlugin(at, path.Dir(name), entry)
			kept, found = append(kept, rest...), found || changed
		}
		list.Value.YNode().Content = kept
	}
	if !found {
		return content
	}
	b.hasPlugins = true
	// Without anything in it a kustomization would be refused as empty.
	globals := yaml.NewMapRNode(&map[string]string{"chartHome": types.HelmDefaultHome})
	if kustomization.Field("helmGlobals") == nil && kustomization.PipeE(yaml.SetField("helmGlobals", globals)) != nil {
		return content
	}
	text, err := kustomization.String()
	if err != nil {
		return content
	}
	return []byte(text)
}

// withoutPlugin is what stays of an entry, and whether a part of it is left out.
func (b *build) withoutPlugin(at place, folder string, entry *yaml.Node) ([]*yaml.Node, bool) {
	// What is no text, and a folder that holds this one, kustomize refuses in its own words.
	if name := path.Join(folder, entry.Value); entry.Kind != yaml.ScalarNode || name == "." || strings.HasPrefix(folder+"/", name+"/") {
		return []*yaml.Node{entry}, false
	}
	where, configs := configsOf(at, folder, entry.Value)
	var builtIn []*yaml.Node
	found := false
	for _, config := range configs {
		if config.GetApiVersion() == konfig.BuiltinPluginApiVersion {
			if text, err := config.String(); err == nil {
				builtIn = append(builtIn, yaml.NewStringRNode(text).YNode())
			}
			continue
		}
		found = true
		readNamed(at, folder, config.YNode())
		b.disk.LeaveOut(fmt.Sprintf("%s (%s) is a plugin of kustomize, and nothing that a repository brings is executed: the rest is rendered without it", config.GetKind(), where))
	}
	if !found {
		return []*yaml.Node{entry}, false
	}
	return builtIn, true
}

// configsOf are the objects of an entry, which is a text, a file, or a folder with a
// kustomization, and where they stand. Of what cannot be read there are none: kustomize says why.
func configsOf(at place, folder, entry string) (where string, configs []*yaml.RNode) {
	if strings.Contains(entry, "\n") {
		return path.Join(folder, konfig.DefaultKustomizationFileName()), parsed([]byte(entry))
	}
	name := path.Join(folder, entry)
	if path.IsAbs(entry) || climbs(name) || strings.Contains(entry, "://") {
		return name, nil
	}
	if file := flux.KustomizationIn(at.disk, name); at.disk.IsDir(name) && file != "" {
		var kustomization types.Kustomization
		content, err := at.disk.ReadFile(file)
		if err != nil || kustomization.Unmarshal(content) != nil {
			return name, nil
		}
		for _, resource := range kustomization.Resources {
			if !at.disk.IsDir(path.Join(name, resource)) {
				_, more := configsOf(at, name, resource)
				configs = append(configs, more...)
			}
		}
		return name, configs
	}
	content, err := at.disk.ReadFile(name)
	if err != nil {
		return name, nil
	}
	return name, parsed(content)
}

func parsed(content []byte) []*yaml.RNode {
	var objects []*yaml.RNode
	for _, document := range helm.Documents(content) {
		object, err := yaml.Parse(document)
		if err == nil && object.YNode().Kind == yaml.MappingNode && object.GetKind() != "" {
			objects = append(objects, object)
		}
	}
	return objects
}

// readNamed reads the files that a plugin's object names, as the plugin would.
func readNamed(at place, folder string, node *yaml.Node) {
	if node.Kind == yaml.ScalarNode && node.Value != "" && !strings.ContainsAny(node.Value, "\n:") {
		if name := path.Join(folder, node.Value); !path.IsAbs(node.Value) && !climbs(name) && at.disk.Exists(name) && !at.disk.IsDir(name) {
			// One that cannot be read is not rendered of either.
			_, _ = at.disk.ReadFile(name)
		}
	}
	for _, below := range node.Content {
		readNamed(at, folder, below)
	}
}

// partial is a problem of a build that lacks what plugins make: it need not be one where they run.
func (b *build) partial(problem *Problem) *Problem {
	forFlux := map[string]string{"plugin": "other", "charts": "invalid-kustomization"}
	if kind, ok := forFlux[problem.Kind]; ok && b.source.asFlux() {
		problem.Kind = kind
		return problem
	}
	switch problem.Kind {
	case "plugin":
		problem.Kind = "unsupported"
	case "charts":
		problem.Kind = "unsupported"
		problem.Message = "A HelmChartInflationGenerator stands in a folder that generators name, where it is not rendered: name its file, or use helmCharts."
	case "patch-target", "invalid-kustomization", "other":
		if b.hasPlugins {
			problem.Kind = "unsupported"
			problem.Message = "Without what its plugins would make, which are not run, it does not render: " + problem.Message
		}
	}
	return problem
}
