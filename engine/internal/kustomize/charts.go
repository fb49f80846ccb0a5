package kustomize

import (
	"bytes"
	"path"
	"strings"

	"sigs.k8s.io/kustomize/api/types"

	"hydrant/engine/internal/helm"
)

// loaded is a kustomization that was read.
type loaded struct {
	folder  string
	content []byte
}

// inflated puts rendered charts in place of a kustomization's charts, as
// `kustomize build --enable-helm` does. Flux does not do that.
func (b *build) inflated(name string, content []byte) ([]byte, error) {
	if b.source.asFlux() || !bytes.Contains(content, []byte("helmChart")) {
		return content, nil
	}
	content, files, err := helm.RewriteHelmCharts(b.disk, name, content, b.inheritedNamespace(path.Dir(name)), b.origins)
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		b.disk.AddFile(file.Path, file.Content)
		b.charts[file.Path] = file.Origin
	}
	return content, nil
}

// inheritedNamespace is the namespace that kustomizations above a folder's give to its
// charts: the nearest one's that has a namespace. A folder may be the base of several; the
// one that was read last is the one that leads to it now.
func (b *build) inheritedNamespace(folder string) string {
	inherited := map[string]string{}
	for _, above := range b.read {
		var parsed types.Kustomization
		if parsed.Unmarshal(above.content) != nil {
			continue
		}
		parsed.FixKustomization()
		namespace := parsed.Namespace
		if namespace == "" {
			namespace = inherited[above.folder]
		}
		for _, entry := range append(parsed.Resources, parsed.Components...) {
			if base, ok := b.folderOf(path.Join(above.folder, entry)); ok {
				inherited[base] = namespace
			}
		}
	}
	return inherited[folder]
}

// folderOf is a folder's path after symlinks; false where there is none.
func (b *build) folderOf(name string) (string, bool) {
	if climbs(name) {
		return "", false
	}
	resolved, file, err := b.disk.CleanedAbs("/" + name)
	if err != nil || file != "" {
		return "", false
	}
	return path.Join(".", "./"+string(resolved)), true
}

// climbs tells whether a path leads out of the repository. The disk must not be asked of
// such: it would take it for a symlink's doing.
func climbs(name string) bool {
	name = path.Clean(name)
	return name == ".." || strings.HasPrefix(name, "../")
}
