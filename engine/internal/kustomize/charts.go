package kustomize

import (
	"bytes"
	"errors"
	"path"
	"strings"

	"sigs.k8s.io/kustomize/api/types"

	"hydrant/engine/internal/gitfs"
	"hydrant/engine/internal/helm"
	"hydrant/engine/internal/rendering"
)

// loaded is a kustomization that was read.
type loaded struct {
	folder  string
	content []byte
}

// inflated puts rendered charts in place of a kustomization's charts, as
// `kustomize build --enable-helm` does. Flux does not do that.
func (b *build) inflated(at place, name string, content []byte) ([]byte, error) {
	// A generator of charts may stand in a file of its own.
	asks := bytes.Contains(content, []byte("helmChart")) || bytes.Contains(content, []byte("generators"))
	if b.source.asFlux() || !asks {
		return content, nil
	}
	content, files, err := helm.RewriteHelmCharts(at.disk, name, content, helm.Around{
		Inherited: b.inheritedNamespace(at.rooted(path.Dir(name))), Origins: b.origins, Charts: b.source.Charts,
	})
	if err != nil {
		var problem *Problem
		if errors.As(err, &problem) && at.entry != nil {
			return nil, at.entry.moved(problem)
		}
		return nil, err
	}
	for _, file := range files {
		at.disk.AddFile(file.Path, file.Content)
		if at.entry != nil {
			first := at.entry.first()
			file.Origin.Path, file.Origin.Lines, file.Origin.ConfiguredIn = nil, nil, &first.in
			file.Origin.Remote = &rendering.Remote{Address: gitfs.Unrooted(at.rooted(name)), Entry: first.text}
		}
		b.charts[at.rooted(file.Path)] = file.Origin
	}
	return content, nil
}

// inheritedNamespace is the namespace that kustomizations above a folder's give to its
// charts: the nearest one's that has a namespace. A folder may be the base of several; the
// one that was read last is the one that leads to it now. Folders are as kustomize sees them.
func (b *build) inheritedNamespace(folder string) string {
	disk := gitfs.NewRooted(b.disk)
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
			if base, file, err := disk.CleanedAbs(path.Join(above.folder, entry)); err == nil && file == "" {
				inherited[base.String()] = namespace
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
