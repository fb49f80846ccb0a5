package kustomize

import (
	"path"
	"strings"

	"sigs.k8s.io/kustomize/api/resmap"
	"sigs.k8s.io/kustomize/api/resource"
	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// Origin tells where a resource comes from; src/model/rendering.ts has the words. Paths
// start at the root of the repository.
type Origin struct {
	Path            *string          `json:"path"`
	ConfiguredIn    *string          `json:"configuredIn"`
	Generator       *string          `json:"generator"`
	Transformations []Transformation `json:"transformations"`
}

// Transformation is one step that touched a resource.
type Transformation struct {
	ConfiguredIn string `json:"configuredIn"`
	Transformer  string `json:"transformer"`
}

// sources keeps what was read, for messages to be cleaned by, and asks the root
// kustomization for origins where they are wanted.
type sources struct {
	all  map[string][]byte
	root map[string]bool
}

func newSources(params Params) *sources {
	files := &sources{all: map[string][]byte{}, root: map[string]bool{}}
	if params.Want == "origins" {
		for _, name := range []string{"kustomization.yaml", "kustomization.yml", "Kustomization"} {
			files.root[path.Join(params.Path, name)] = true
		}
	}
	return files
}

func (s *sources) read(name string, content []byte) []byte {
	s.all[name] = content
	if s.root[name] {
		return withOrigins(content)
	}
	return content
}

// withOrigins adds the annotations' build metadata to a kustomization. One that cannot be
// parsed stays as it is, for kustomize to say why.
func withOrigins(content []byte) []byte {
	kustomization, err := yaml.Parse(string(content))
	if err != nil || kustomization.YNode().Kind != yaml.MappingNode {
		return content
	}
	wanted := []string{"originAnnotations", "transformerAnnotations"}
	if old, err := kustomization.Pipe(yaml.Get("buildMetadata")); err == nil && old != nil {
		for _, item := range old.Content() {
			wanted = append(wanted, item.Value)
		}
	}
	if err := kustomization.PipeE(yaml.SetField("buildMetadata", yaml.NewListRNode(wanted...))); err != nil {
		return content
	}
	text, err := kustomization.String()
	if err != nil {
		return content
	}
	return []byte(text)
}

// takeOrigins moves the origins from the annotations into the reply.
func takeOrigins(reply *Reply, resources resmap.ResMap, target string) error {
	reply.Origins = make([]Origin, 0, resources.Size())
	for _, found := range resources.Resources() {
		origin, err := originOf(found, target)
		if err != nil {
			return err
		}
		reply.Origins = append(reply.Origins, origin)
	}
	if err := resources.RemoveOriginAnnotations(); err != nil {
		return err
	}
	return resources.RemoveTransformerAnnotations()
}

func originOf(found *resource.Resource, target string) (Origin, error) {
	origin, err := found.GetOrigin()
	if err != nil {
		return Origin{}, err
	}
	transformations, err := found.GetTransformations()
	if err != nil {
		return Origin{}, err
	}
	result := Origin{Transformations: []Transformation{}}
	if origin != nil && origin.Repo == "" {
		result.Path = inRepository(target, origin.Path)
		result.ConfiguredIn = inRepository(target, origin.ConfiguredIn)
		if origin.ConfiguredBy.Kind != "" {
			result.Generator = &origin.ConfiguredBy.Kind
		}
	}
	for _, step := range transformations {
		if step == nil || step.Repo != "" {
			continue
		}
		if at := inRepository(target, firstOf(step.ConfiguredIn, step.Path)); at != nil {
			result.Transformations = append(result.Transformations, Transformation{ConfiguredIn: *at, Transformer: step.ConfiguredBy.Kind})
		}
	}
	return result, nil
}

// inRepository turns a path below the target into one of the repository.
func inRepository(target, name string) *string {
	if name == "" {
		return nil
	}
	joined := strings.TrimPrefix(path.Join("/", target, name), "/")
	return &joined
}

func firstOf(one, other string) string {
	if one != "" {
		return one
	}
	return other
}
