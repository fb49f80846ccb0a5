package flux

import (
	"fmt"
	"io/fs"
	"path"
	"strings"

	"sigs.k8s.io/kustomize/api/konfig"
	"sigs.k8s.io/kustomize/api/provider"

	"hydrant/engine/internal/gitfs"
	"hydrant/engine/internal/rendering"
)

// Manifests lists what a generated kustomization has as resources: all manifests in a folder
// and below, and folders with a kustomization of their own in place of their files
// (fluxcd/pkg/kustomize, scanManifests). Paths are relative to the folder.
func Manifests(disk *gitfs.FileSystem, folder string) ([]string, error) {
	folder = path.Clean(folder)
	factory := provider.NewDefaultDepProvider().GetResourceFactory()
	var resources []string
	add := func(name string) {
		resources = append(resources, "./"+strings.TrimPrefix(name, folder+"/"))
	}
	err := disk.Walk(folder, func(name string, info fs.FileInfo, err error) error {
		if err != nil || name == folder {
			return err
		}
		if info.IsDir() {
			if KustomizationIn(disk, name) == "" {
				return nil
			}
			add(name)
			return fs.SkipDir
		}
		if extension := path.Ext(name); extension != ".yaml" && extension != ".yml" {
			return nil
		}
		content, err := disk.ReadFile(name)
		if err != nil {
			return err
		}
		if err := parses(func() error { _, err := factory.SliceFromBytes(content); return err }); err != nil {
			return notManifest(disk, name, err)
		}
		add(name)
		return nil
	})
	return resources, err
}

// KustomizationIn is the kustomization file of a folder, or empty.
func KustomizationIn(disk *gitfs.FileSystem, folder string) string {
	for _, name := range konfig.RecognizedKustomizationFileNames() {
		if at := path.Join(folder, name); disk.Exists(at) && !disk.IsDir(at) {
			return at
		}
	}
	return ""
}

// parses makes an error of a panic: the parser has some for objects that are wrong.
func parses(parse func() error) (err error) {
	defer func() {
		if broken := recover(); broken != nil {
			err = fmt.Errorf("%v", broken)
		}
	}()
	return parse()
}

func notManifest(disk *gitfs.FileSystem, name string, err error) error {
	if real, ok := disk.Real(name); ok {
		name = real
	}
	return &rendering.Problem{Kind: "invalid-resource", Path: &name, Subject: &name, Message: fmt.Sprintf(
		"%s is not a Kubernetes manifest (%s). Flux makes a kustomization of all YAML files in a folder that has none: list the manifests in a kustomization.yaml, or leave the file out by .sourceignore.", name, err)}
}
