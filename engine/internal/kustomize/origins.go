package kustomize

import (
	"path"

	"sigs.k8s.io/kustomize/api/resmap"
	"sigs.k8s.io/kustomize/api/resource"
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"hydrant/engine/internal/gitfs"
	"hydrant/engine/internal/rendering"
)

// Origin tells where a resource comes from.
type Origin = rendering.Origin

// Transformation is one step that touched a resource.
type Transformation = rendering.Transformation

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

// takeOrigins moves the origins from the annotations into the items.
func (b *build) takeOrigins(items []rendering.Item, resources resmap.ResMap) error {
	for i, found := range resources.Resources() {
		origin, err := b.originOf(found)
		if err != nil {
			return err
		}
		items[i].Origin = origin
	}
	if err := resources.RemoveOriginAnnotations(); err != nil {
		return err
	}
	return resources.RemoveTransformerAnnotations()
}

func (b *build) originOf(found *resource.Resource) (Origin, error) {
	origin, err := found.GetOrigin()
	if err != nil {
		return Origin{}, err
	}
	transformations, err := found.GetTransformations()
	if err != nil {
		return Origin{}, err
	}
	result := b.placeOf(origin)
	for _, step := range transformations {
		if step == nil || step.Repo != "" {
			continue
		}
		if at := b.inCommit(firstOf(step.ConfiguredIn, step.Path)); at != nil {
			result.Transformations = append(result.Transformations, Transformation{ConfiguredIn: *at, Transformer: step.ConfiguredBy.Kind})
		}
	}
	return result, nil
}

// placeOf is where the resource of an origin stands.
func (b *build) placeOf(origin *resource.Origin) Origin {
	result := Origin{Transformations: []Transformation{}}
	if origin == nil {
		return result
	}
	if chart, ok := b.chartAt(origin.Path); ok {
		return chart.Complete()
	}
	if elsewhere, ok := b.remoteOrigin(origin); ok {
		return elsewhere
	}
	if origin.Repo != "" {
		return result
	}
	result.Path = b.inCommit(origin.Path)
	result.ConfiguredIn = b.inCommit(origin.ConfiguredIn)
	if origin.ConfiguredBy.Kind != "" {
		result.Generator = &origin.ConfiguredBy.Kind
	}
	return result
}

// chartAt is the origin of what was made of a chart.
func (b *build) chartAt(name string) (Origin, bool) {
	if len(b.charts) == 0 || name == "" {
		return Origin{}, false
	}
	folder, file, err := gitfs.NewRooted(b.disk).CleanedAbs(b.seen(name))
	if err != nil {
		return Origin{}, false
	}
	chart, ok := b.charts[folder.Join(file)]
	return chart, ok
}

// inCommit turns a path below the target into one of the commit; nil for a file that the
// commit does not have.
func (b *build) inCommit(name string) *string {
	if name == "" {
		return nil
	}
	real, ok := b.disk.Real(path.Join(b.folder, name))
	if !ok {
		return nil
	}
	return &real
}

func firstOf(one, other string) string {
	if one != "" {
		return one
	}
	return other
}
