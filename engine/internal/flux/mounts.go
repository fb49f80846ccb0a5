package flux

import (
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"hydrant/engine/internal/gitfs"
	"hydrant/engine/internal/rendering"
)

// Mount is one copy operation of an ArtifactGenerator.
type Mount struct {
	From    string   `json:"from"`
	To      string   `json:"to"`
	Exclude []string `json:"exclude,omitempty"`
}

// Composed is an artifact that is made of parts of another, as source-watcher copies them
// (internal/builder/builder.go): what is copied later overwrites.
func Composed(artifact *gitfs.FileSystem, mounts []Mount) (*gitfs.FileSystem, error) {
	copied := &composition{disk: artifact, places: map[string]string{}}
	for _, mount := range mounts {
		if err := copied.add(mount); err != nil {
			return nil, err
		}
	}
	return artifact.View(gitfs.ViewOptions{Places: copied.places})
}

type composition struct {
	disk   *gitfs.FileSystem
	places map[string]string
}

func (c *composition) add(mount Mount) error {
	for _, pattern := range mount.Exclude {
		if !doublestar.ValidatePattern(pattern) {
			return &rendering.Problem{Kind: "other", Subject: &pattern, Message: fmt.Sprintf("%s is not a valid pattern to exclude by.", pattern)}
		}
	}
	if strings.ContainsAny(mount.From, "*?[]") {
		return c.addMatches(mount)
	}
	from := path.Clean(mount.From)
	if c.disk.IsDir(from) {
		// As `cp -r` does: the folder goes into the other one.
		return c.copyFolder(mount, from, path.Join(mount.To, path.Base(from)), from)
	}
	if !c.disk.Exists(from) {
		return nothing(from, fmt.Sprintf("%s does not exist.", from))
	}
	if excluded(from, ".", mount.Exclude) {
		return nil
	}
	to := path.Clean(mount.To)
	if strings.HasSuffix(mount.To, "/") || c.isFolder(to) {
		to = path.Join(to, path.Base(from))
	}
	c.places[to] = from
	return nil
}

// addMatches copies what a pattern matches, below the destination by its whole path, but
// for a pattern that ends in `/**`: that is the contents of a folder.
func (c *composition) addMatches(mount Mount) error {
	matches, err := c.disk.Glob(mount.From)
	if err != nil {
		return &rendering.Problem{Kind: "other", Subject: &mount.From, Message: fmt.Sprintf("%s is not a valid pattern.", mount.From)}
	}
	base := literalPrefix(mount.From)
	found := false
	for _, match := range matches {
		match = strings.TrimPrefix(match, "/")
		if excluded(match, base, mount.Exclude) {
			continue
		}
		found = true
		to := path.Join(mount.To, match)
		if prefix, ok := strings.CutSuffix(mount.From, "/**"); ok {
			if inside, ok := strings.CutPrefix(match, prefix+"/"); ok {
				to = path.Join(mount.To, inside)
			}
		}
		if !c.disk.IsDir(match) {
			c.places[to] = match
			continue
		}
		if err := c.copyFolder(mount, match, to, base); err != nil {
			return err
		}
	}
	if !found {
		return nothing(mount.From, fmt.Sprintf("No file matches %s.", mount.From))
	}
	return nil
}

func (c *composition) copyFolder(mount Mount, from, to, base string) error {
	return c.disk.Walk(from, func(name string, info fs.FileInfo, err error) error {
		if err != nil {
			return err
		}
		if name == from {
			return nil
		}
		if excluded(name, base, mount.Exclude) {
			if info.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if !info.IsDir() {
			c.places[path.Join(to, strings.TrimPrefix(name, from+"/"))] = name
		}
		return nil
	})
}

// isFolder tells whether something was copied below a path before.
func (c *composition) isFolder(name string) bool {
	for at := range c.places {
		if name == "." || strings.HasPrefix(at, name+"/") {
			return true
		}
	}
	return name == "."
}

// excluded looks at a file by its path, by its path below the pattern's folder and, for
// patterns without folder, by its name.
func excluded(name, base string, patterns []string) bool {
	inside, _ := strings.CutPrefix(name, base+"/")
	for _, pattern := range patterns {
		if doublestar.MatchUnvalidated(pattern, name) || doublestar.MatchUnvalidated(pattern, inside) {
			return true
		}
		if !strings.Contains(pattern, "/") && doublestar.MatchUnvalidated(pattern, path.Base(name)) {
			return true
		}
	}
	return false
}

func literalPrefix(pattern string) string {
	var parts []string
	for _, part := range strings.Split(path.Clean(pattern), "/") {
		if strings.ContainsAny(part, "*?[]") {
			break
		}
		parts = append(parts, part)
	}
	return path.Join(append([]string{"."}, parts...)...)
}

func nothing(subject, message string) *rendering.Problem {
	return &rendering.Problem{Kind: "missing-file", Subject: &subject, Message: message}
}
