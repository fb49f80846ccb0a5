// Package flux has what Flux does to a repository's files and to rendered resources, apart
// from building kustomizations and charts.
package flux

import (
	"bytes"
	"path"
	"strings"

	"github.com/fluxcd/pkg/sourceignore"
	"github.com/fluxcd/pkg/sourceignore/gitignore"

	"hydrant/engine/internal/gitfs"
)

// Artifact is the commit as source-controller packs it: without symlinks, and without what
// `.sourceignore` files and further patterns (a GitRepository's `ignore`) leave out.
func Artifact(disk *gitfs.FileSystem, patterns string) (*gitfs.FileSystem, error) {
	files := &ignored{disk: disk, folders: map[string][]gitignore.Pattern{}, last: sourceignore.ReadPatterns(strings.NewReader(patterns), nil)}
	return disk.View(gitfs.ViewOptions{Hide: files.hidden})
}

// ignored reads a folder's `.sourceignore` when it is first asked of a file below it, so
// that the trace has only those that matter.
type ignored struct {
	disk    *gitfs.FileSystem
	folders map[string][]gitignore.Pattern
	last    []gitignore.Pattern
}

func (i *ignored) hidden(name string, link bool) bool {
	if link {
		return true
	}
	patterns := append(i.above(path.Dir(name)), i.last...)
	return sourceignore.NewDefaultMatcher(patterns, nil).Match(strings.Split(name, "/"), false)
}

// above gives the patterns of a folder and all above it, the root's first: later ones win.
func (i *ignored) above(folder string) []gitignore.Pattern {
	if known, ok := i.folders[folder]; ok {
		return known
	}
	var patterns []gitignore.Pattern
	var domain []string
	if folder != "." {
		patterns = append(patterns, i.above(path.Dir(folder))...)
		domain = strings.Split(folder, "/")
	}
	if content, err := i.disk.ReadFile(path.Join(folder, sourceignore.IgnoreFile)); err == nil {
		patterns = append(patterns, sourceignore.ReadPatterns(bytes.NewReader(content), domain)...)
	}
	patterns = patterns[:len(patterns):len(patterns)]
	i.folders[folder] = patterns
	return patterns
}
