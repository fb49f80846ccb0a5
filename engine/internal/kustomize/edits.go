package kustomize

import (
	"encoding/json"
	"maps"
	"path"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/api/types"

	"hydrant/engine/internal/flux"
	"hydrant/engine/internal/gitfs"
)

// Edits are what an operator changes of a kustomization before it builds it;
// src/model/renderSource.ts has the words.
type Edits struct {
	Namespace               string            `json:"namespace,omitempty"`
	NamePrefix              string            `json:"namePrefix,omitempty"`
	NameSuffix              string            `json:"nameSuffix,omitempty"`
	Images                  []types.Image     `json:"images,omitempty"`
	Replicas                []types.Replica   `json:"replicas,omitempty"`
	Labels                  []Labels          `json:"labels,omitempty"`
	Annotations             map[string]string `json:"annotations,omitempty"`
	Patches                 []types.Patch     `json:"patches,omitempty"`
	PatchesStrategicMerge   []inlinePatch     `json:"patchesStrategicMerge,omitempty"`
	PatchesJSON6902         []json6902Patch   `json:"patchesJson6902,omitempty"`
	BuildMetadata           []string          `json:"buildMetadata,omitempty"`
	Components              []string          `json:"components,omitempty"`
	IgnoreMissingComponents bool              `json:"ignoreMissingComponents,omitempty"`
}

// Labels are an entry of a kustomization's labels.
type Labels struct {
	Pairs            map[string]string `json:"pairs"`
	IncludeSelectors bool              `json:"includeSelectors,omitempty"`
	IncludeTemplates bool              `json:"includeTemplates,omitempty"`
}

// inlinePatch is a patch's text, which may be given as an object.
type inlinePatch string

// UnmarshalJSON takes a string as it is and another value as the text that it is.
func (p *inlinePatch) UnmarshalJSON(text []byte) error {
	var plain string
	if err := json.Unmarshal(text, &plain); err == nil {
		*p = inlinePatch(plain)
		return nil
	}
	*p = inlinePatch(text)
	return nil
}

// json6902Patch is a patch whose operations may be given as a list.
type json6902Patch struct {
	Path    string           `json:"path"`
	Patch   inlinePatch      `json:"patch"`
	Target  *types.Selector  `json:"target"`
	Options *types.PatchArgs `json:"options"`
}

// Variants are none: its form is kustomize's.
func (p *json6902Patch) Variants() [][]any { return nil }

// apply changes the kustomization in a folder.
func (e *Edits) apply(kustomization *types.Kustomization, disk *gitfs.FileSystem, folder string, forFlux bool) {
	setIfGiven(&kustomization.Namespace, e.Namespace)
	setIfGiven(&kustomization.NamePrefix, e.NamePrefix)
	setIfGiven(&kustomization.NameSuffix, e.NameSuffix)
	if len(e.Images) > 0 {
		if forFlux {
			mergeImages(kustomization, e.Images)
		} else {
			setImages(kustomization, e.Images)
		}
	}
	if len(e.Replicas) > 0 {
		setReplicas(kustomization, e.Replicas)
	}
	for _, labels := range e.Labels {
		addLabels(kustomization, labels)
	}
	if len(e.Annotations) > 0 {
		kustomization.CommonAnnotations = merged(kustomization.CommonAnnotations, e.Annotations)
	}
	if len(e.BuildMetadata) > 0 {
		kustomization.BuildMetadata = e.BuildMetadata
	}
	e.addPatches(kustomization)
	for _, component := range e.Components {
		missing := e.IgnoreMissingComponents && !hasComponent(disk, path.Join(folder, component), forFlux)
		// Argo CD leaves out what is there already; Flux adds it once more.
		if missing || !forFlux && slices.Contains(kustomization.Components, component) {
			continue
		}
		kustomization.Components = append(kustomization.Components, component)
	}
}

// hasComponent: Flux looks for the path, Argo CD for a kustomization in it.
func hasComponent(disk *gitfs.FileSystem, at string, forFlux bool) bool {
	if climbs(at) {
		return false
	}
	if forFlux {
		return disk.Exists(at)
	}
	return flux.KustomizationIn(disk, at) != ""
}

func (e *Edits) addPatches(kustomization *types.Kustomization) {
	kustomization.Patches = append(kustomization.Patches, e.Patches...)
	for _, patch := range e.PatchesStrategicMerge {
		kustomization.PatchesStrategicMerge = append(kustomization.PatchesStrategicMerge, types.PatchStrategicMerge(patch))
	}
	for _, patch := range e.PatchesJSON6902 {
		kustomization.PatchesJson6902 = append(kustomization.PatchesJson6902,
			types.Patch{Path: patch.Path, Patch: string(patch.Patch), Target: patch.Target, Options: patch.Options})
	}
}

// keep stands in a new image for what the kustomization has.
const keep = "*"

// setImages replaces entries, as `kustomize edit set image` does.
func setImages(kustomization *types.Kustomization, images []types.Image) {
	byName := map[string]types.Image{}
	for _, image := range kustomization.Images {
		byName[image.Name] = image
	}
	for _, image := range images {
		before := byName[image.Name]
		for _, field := range []struct {
			now    *string
			before string
		}{{&image.NewName, before.NewName}, {&image.NewTag, before.NewTag}, {&image.Digest, before.Digest}} {
			if *field.now == keep {
				*field.now = field.before
			}
		}
		byName[image.Name] = image
	}
	kustomization.Images = slices.SortedFunc(maps.Values(byName), func(a, b types.Image) int { return strings.Compare(a.Name, b.Name) })
}

// mergeImages changes entries field by field, as Flux does; tag and digest are one field.
func mergeImages(kustomization *types.Kustomization, images []types.Image) {
	for _, image := range images {
		at := slices.IndexFunc(kustomization.Images, func(known types.Image) bool { return known.Name == image.Name })
		if at < 0 {
			kustomization.Images = append(kustomization.Images, image)
			continue
		}
		known := &kustomization.Images[at]
		setIfGiven(&known.NewName, image.NewName)
		if image.NewTag != "" || image.Digest != "" {
			known.NewTag, known.Digest = image.NewTag, image.Digest
		}
	}
}

// setReplicas replaces entries, as `kustomize edit set replicas` does.
func setReplicas(kustomization *types.Kustomization, replicas []types.Replica) {
	byName := map[string]types.Replica{}
	for _, replica := range append(slices.Clone(kustomization.Replicas), replicas...) {
		byName[replica.Name] = replica
	}
	kustomization.Replicas = slices.SortedFunc(maps.Values(byName), func(a, b types.Replica) int { return strings.Compare(a.Name, b.Name) })
}

// addLabels does what `kustomize edit add label --force` does: labels for selectors, too, are
// commonLabels; others join the entry of equal settings.
func addLabels(kustomization *types.Kustomization, labels Labels) {
	if labels.IncludeSelectors {
		kustomization.CommonLabels = merged(kustomization.CommonLabels, labels.Pairs)
		return
	}
	for i, known := range kustomization.Labels {
		if !known.IncludeSelectors && known.IncludeTemplates == labels.IncludeTemplates {
			kustomization.Labels[i].Pairs = merged(known.Pairs, labels.Pairs)
			return
		}
	}
	kustomization.Labels = append(kustomization.Labels, types.Label{Pairs: labels.Pairs, IncludeTemplates: labels.IncludeTemplates})
}

func setIfGiven(field *string, value string) {
	if value != "" {
		*field = value
	}
}

func merged(one, other map[string]string) map[string]string {
	all := map[string]string{}
	maps.Copy(all, one)
	maps.Copy(all, other)
	return all
}
