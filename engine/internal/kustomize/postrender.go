package kustomize

import (
	"fmt"
	"path"
	"regexp"
	"strconv"
	"strings"

	"sigs.k8s.io/kustomize/api/konfig"
	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/yaml"

	"hydrant/engine/internal/gitfs"
	"hydrant/engine/internal/rendering"
)

// postRendering is the folder of a kustomization of rendered resources. It is in messages.
const postRendering = "post-rendering"

// PostRender builds a kustomization that has the items as resources, as helm-controller does
// with a HelmRelease's postRenderers. The items keep their origins. The build sees nothing of
// the disk, which only keeps what was read, for messages to be cleaned by.
func PostRender(disk *gitfs.FileSystem, items []rendering.Item, edits Edits) ([]rendering.Item, error) {
	view, err := disk.View(gitfs.ViewOptions{Places: map[string]string{}})
	if err != nil {
		return nil, err
	}
	kustomization := types.Kustomization{
		TypeMeta:      types.TypeMeta{APIVersion: types.KustomizationVersion, Kind: types.KustomizationKind},
		BuildMetadata: []string{types.OriginAnnotations},
	}
	for i, item := range items {
		text, err := item.YAML()
		if err != nil {
			return nil, NotWritten(err, disk)
		}
		name := fileName(i, item)
		view.AddFile(path.Join(postRendering, name), text)
		kustomization.Resources = append(kustomization.Resources, name)
	}
	edits.apply(&kustomization, view, postRendering, true)
	text, err := yaml.Marshal(kustomization)
	if err != nil {
		return nil, err
	}
	view.AddFile(path.Join(postRendering, konfig.DefaultKustomizationFileName()), text)
	resources, err := run(view, postRendering, fluxOptions())
	if err != nil {
		return nil, withheld(err, failure{disk: view, target: postRendering})
	}
	result := itemsOf(resources)
	for i, found := range resources.Resources() {
		origin, err := found.GetOrigin()
		if err != nil {
			return nil, err
		}
		if origin == nil {
			continue
		}
		if before, ok := indexOf(origin.Path); ok && before < len(items) {
			result[i].Origin = items[before].Origin
		}
	}
	return result, resources.RemoveOriginAnnotations()
}

var notInFileName = regexp.MustCompile(`[^a-zA-Z0-9.-]+`)

// fileName begins with the item's index; the rest is for messages.
func fileName(index int, item rendering.Item) string {
	return fmt.Sprintf("%d-%s.yaml", index, notInFileName.ReplaceAllString(item.Node.GetKind()+"-"+item.Node.GetName(), "_"))
}

func indexOf(name string) (int, bool) {
	number, _, _ := strings.Cut(name, "-")
	index, err := strconv.Atoi(number)
	return index, err == nil
}
