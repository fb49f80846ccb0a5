package helm

import (
	"io/fs"
	"path"

	"github.com/bmatcuk/doublestar/v4"

	"hydrant/engine/internal/gitfs"
)

// matching are the paths that a glob matches, in Argo CD's order, whose library this is: by
// name, a folder's own files before those of its folders.
func matching(disk *gitfs.FileSystem, glob string) ([]string, error) {
	found, err := doublestar.Glob(tree{disk}, glob)
	if err != nil {
		return nil, about(problem("invalid-values", "", "%s is not a valid glob.", glob), glob)
	}
	return found, nil
}

// tree is what doublestar asks of a file system: it lists folders and never reads files.
type tree struct{ disk *gitfs.FileSystem }

func (t tree) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
}

func (t tree) Stat(name string) (fs.FileInfo, error) {
	dir := t.disk.IsDir("/" + name)
	if !dir && !t.disk.Exists("/"+name) {
		return nil, &fs.PathError{Op: "stat", Path: name, Err: fs.ErrNotExist}
	}
	return entry{name: path.Base(name), dir: dir}, nil
}

func (t tree) ReadDir(name string) ([]fs.DirEntry, error) {
	names, err := t.disk.ReadDir("/" + name)
	if err != nil {
		return nil, err
	}
	entries := make([]fs.DirEntry, len(names))
	for i, child := range names {
		entries[i] = dirEntry{entry{name: child, dir: t.disk.IsDir("/" + path.Join(name, child))}}
	}
	return entries, nil
}

// dirEntry is an entry with the methods of a listing.
type dirEntry struct{ entry }

func (d dirEntry) Type() fs.FileMode          { return d.Mode() }
func (d dirEntry) Info() (fs.FileInfo, error) { return d.entry, nil }
