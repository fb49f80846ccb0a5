package kustomize

import (
	"path"
	"slices"

	"sigs.k8s.io/kustomize/api/konfig"
	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/yaml"

	"hydrant/engine/internal/flux"
	"hydrant/engine/internal/gitfs"
	"hydrant/engine/internal/rendering"
)

// build is one rendering of a folder. It changes kustomizations as they are read.
type build struct {
	disk   *gitfs.FileSystem
	source Source
	// folder is where the root kustomization is, after symlinks.
	folder  string
	origins bool
	// charts has the origins of files that were made of charts, by where kustomize sees them.
	charts map[string]rendering.Origin
	entries
	// hasPlugins is true where a plugin was left out.
	hasPlugins bool
	// read are the kustomizations so far, in the order in which kustomize goes down into them.
	read []loaded
	// broken is why a file could not be changed: kustomize takes it for one that is missing.
	broken error
}

// open makes the view of the commit that the source describes.
func open(disk *gitfs.FileSystem, source Source, origins bool) (*build, error) {
	b := &build{disk: disk, source: source, origins: origins, charts: map[string]rendering.Origin{}}
	b.entries = entries{mounts: map[string]*mounted{}, files: map[string][]*entry{}}
	var err error
	if source.asFlux() {
		if b.disk, err = flux.Artifact(b.disk, source.Ignore); err != nil {
			return nil, err
		}
	}
	if source.Mounts != nil {
		if b.disk, err = flux.Composed(b.disk, source.Mounts); err != nil {
			return nil, err
		}
	}
	folder, found := b.folderOf(source.Path)
	if b.folder = path.Clean(source.Path); found {
		b.folder = folder
	}
	if b.disk, err = b.disk.View(gitfs.ViewOptions{Rewrite: b.rewrite}); err != nil {
		return nil, err
	}
	if source.Generate && found && flux.KustomizationIn(b.disk, b.folder) == "" {
		err = b.generate()
	}
	return b, err
}

// generate adds the kustomization that Flux makes where there is none.
func (b *build) generate() error {
	resources, err := flux.Manifests(b.disk, b.folder)
	if err != nil {
		return err
	}
	kustomization := types.Kustomization{
		TypeMeta:  types.TypeMeta{APIVersion: types.KustomizationVersion, Kind: types.KustomizationKind},
		Resources: resources,
	}
	if len(resources) == 0 {
		// An empty kustomization is an error.
		kustomization.Namespace = "_placeholder"
	}
	content, err := yaml.Marshal(kustomization)
	if err != nil {
		return err
	}
	b.disk.AddFile(path.Join(b.folder, konfig.DefaultKustomizationFileName()), content)
	return nil
}

// place is a repository that kustomizations are read of.
type place struct {
	disk *gitfs.FileSystem
	// entry led there; nil for the commit itself.
	entry *entry
	// rooted is where kustomize sees a path.
	rooted func(name string) string
}

func (b *build) rewrite(name string, content []byte) ([]byte, error) {
	return b.rewriteIn(place{disk: b.disk, rooted: gitfs.RootedPath}, name, content)
}

// rewriteIn changes kustomizations: the root's by the source's edits, and all that have
// remote bases or charts.
func (b *build) rewriteIn(at place, name string, content []byte) ([]byte, error) {
	if !slices.Contains(konfig.RecognizedKustomizationFileNames(), path.Base(name)) {
		return content, nil
	}
	root := at.entry == nil && path.Dir(name) == b.folder
	if root {
		content = b.edited(content)
		if b.source.Edits != nil {
			// Messages are cleaned by what an edit adds, too, and by the files that it names.
			b.disk.Contents()[name+" (edited)"] = content
		}
	}
	folder := at.rooted(path.Dir(name))
	content = b.withoutPlugins(at, name, content)
	content = b.withRemotes(at, name, content)
	b.read = append(b.read, loaded{folder: folder, content: content})
	content, err := b.inflated(at, name, content)
	if err != nil {
		b.broken = err
		return nil, err
	}
	if root && b.origins {
		content = withOrigins(content)
	}
	return content, nil
}

// edited applies the source's edits. A kustomization that cannot be read stays as it is, for
// kustomize to say why.
func (b *build) edited(content []byte) []byte {
	var changed types.Kustomization
	if b.source.asFlux() {
		// Flux does not mind unknown fields: it writes the file anew.
		changed.TypeMeta = types.TypeMeta{APIVersion: types.KustomizationVersion, Kind: types.KustomizationKind}
		if err := yaml.Unmarshal(content, &changed); err != nil {
			return content
		}
		if len(changed.Resources) == 0 && !b.isMade() {
			changed.BuildMetadata = []string{types.OriginAnnotations}
		}
	} else {
		if b.source.Edits == nil || changed.Unmarshal(content) != nil {
			return content
		}
		changed.FixKustomization()
	}
	if b.source.Edits != nil {
		b.source.Edits.apply(&changed, b.disk, b.folder, b.source.asFlux())
	}
	text, err := yaml.Marshal(changed)
	if err != nil {
		return content
	}
	return text
}

// isMade tells whether the root kustomization is a generated one.
func (b *build) isMade() bool {
	_, ok := b.disk.Real(flux.KustomizationIn(b.disk, b.folder))
	return !ok
}
