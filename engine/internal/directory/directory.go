// Package directory reads plain manifests of a folder, as Argo CD does for an Application
// of type directory (argo-cd, reposerver/repository, findManifests).
package directory

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"

	"github.com/gobwas/glob"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"hydrant/engine/internal/gitfs"
	"hydrant/engine/internal/rendering"
)

// Source is a folder with manifests, or one file; src/model/renderSource.ts has the words.
type Source struct {
	Path    string `json:"path"`
	Recurse bool   `json:"recurse"`
	Include string `json:"include,omitempty"`
	Exclude string `json:"exclude,omitempty"`
}

var manifestFile = regexp.MustCompile(`^.*\.(yaml|yml|json|jsonnet)$`)

// skipMarker is a comment in files that are not for Argo CD to render.
const skipMarker = "+argocd:skip-file-rendering"

// Render reads the folder's manifests in order of their paths. Origins cost nothing here.
func Render(disk *gitfs.FileSystem, source Source, _ bool) ([]rendering.Item, error) {
	root := path.Clean(source.Path)
	if !disk.Exists(root) {
		return nil, &rendering.Problem{Kind: "missing-file", Subject: &root, Message: root + " does not exist."}
	}
	var items []rendering.Item
	err := disk.Walk(root, func(name string, info fs.FileInfo, err error) error {
		if err != nil {
			return err
		}
		if info.IsDir() {
			if name != root && !source.Recurse {
				return fs.SkipDir
			}
			return nil
		}
		found, err := source.read(disk, root, name, info)
		items = append(items, found...)
		return err
	})
	return items, err
}

// read gives the objects of a file; none where it is not one of the source.
func (s Source) read(disk *gitfs.FileSystem, root, name string, info fs.FileInfo) ([]rendering.Item, error) {
	if !manifestFile.MatchString(path.Base(name)) || !s.wants(root, name) {
		return nil, nil
	}
	if info.Mode()&fs.ModeSymlink != 0 {
		if !disk.Exists(name) {
			return nil, unreadable(disk, name)
		}
		// A link to a folder is not followed.
		if disk.IsDir(name) {
			return nil, nil
		}
	}
	raw, err := disk.ReadFile(name)
	if err != nil {
		return nil, err
	}
	content, _, err := transform.Bytes(unicode.BOMOverride(encoding.Nop.NewDecoder()), raw)
	if err != nil {
		return nil, err
	}
	if bytes.Contains(content, []byte(skipMarker)) {
		return nil, nil
	}
	if real, ok := disk.Real(name); ok {
		name = real
	}
	if strings.HasSuffix(name, ".jsonnet") {
		return nil, &rendering.Problem{Kind: "unsupported", Path: &name, Subject: &name, Message: name + " is Jsonnet, which is not rendered."}
	}
	return parse(name, content)
}

// wants matches the path below the folder, in which a star also stands for slashes.
func (s Source) wants(root, name string) bool {
	relative := strings.TrimPrefix(name, root+"/")
	if s.Exclude != "" && matches(s.Exclude, relative) {
		return false
	}
	return s.Include == "" || matches(s.Include, relative)
}

// matches is false for a pattern that is wrong, as in Argo CD.
func matches(pattern, text string) bool {
	compiled, err := glob.Compile(pattern)
	return err == nil && compiled.Match(text)
}

// unreadable is the problem of a symlink out of the repository or in a circle, which Argo CD
// refuses (getPotentiallyValidManifestFile); nil for one that leads nowhere.
func unreadable(disk *gitfs.FileSystem, name string) error {
	switch err := disk.WhyAbsent(name); {
	case errors.Is(err, gitfs.ErrOutside):
		link := disk.Outside()
		return &rendering.Problem{Kind: "forbidden-path", Path: &link, Subject: &link,
			Message: fmt.Sprintf("%s is a symlink that leads out of the repository.", link)}
	case errors.Is(err, gitfs.ErrCircle):
		return &rendering.Problem{Kind: "cycle", Path: &name, Subject: &name, Message: name + " is a symlink that leads around in a circle."}
	case errors.Is(err, gitfs.ErrObjectMissing):
		return errors.Join(fmt.Errorf("%s cannot be read", name), err)
	}
	return nil
}
