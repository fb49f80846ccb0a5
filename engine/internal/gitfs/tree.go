package gitfs

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"sort"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/filemode"
	"github.com/go-git/go-git/v5/plumbing/object"
	"github.com/go-git/go-git/v5/storage/filesystem"
)

// ErrOutside is returned for a symlink that leads out of the commit's tree.
var ErrOutside = errors.New("symlink leads out of the repository")

// ErrCircle is returned for symlinks that lead to each other.
var ErrCircle = errors.New("too many symlinks")

// ErrSubmodule is returned for what lies in another repository.
var ErrSubmodule = errors.New("is a submodule, whose files are not part of the commit")

// maxLinks is as many symlinks as Linux follows before it gives up.
const maxLinks = 40

// Tree is one commit's tree; its folders are read when they are first asked for.
type Tree struct {
	store    *filesystem.Storage
	root     plumbing.Hash
	listings map[plumbing.Hash]*object.Tree
	overlay
}

// node is what stands at a path after its symlinks were followed.
type node struct {
	path string // without leading slash; empty for the root
	mode filemode.FileMode
	hash plumbing.Hash
	// real is the path in the commit, which is another one where a view moved the file.
	real string
	// made is true of what only a view has: it is no part of the trace.
	made    bool
	content []byte
}

func (n node) isDir() bool { return n.mode == filemode.Dir }

// resolve follows a path, and the symlinks on its way. It tells seen of every symlink
// that it read. Without such an entry the error is fs.ErrNotExist and the node has the path
// that is absent.
func (t *Tree) resolve(name string, seen func(node)) (node, error) {
	rest := split(name)
	stack := []node{{mode: filemode.Dir, hash: t.root, made: t.moved}}
	for links := 0; len(rest) > 0; {
		here := stack[len(stack)-1]
		part := rest[0]
		rest = rest[1:]
		if part == ".." {
			if len(stack) == 1 {
				return node{path: clean(name)}, fmt.Errorf("%s: %w", name, ErrOutside)
			}
			stack = stack[:len(stack)-1]
			continue
		}
		next, err := t.entry(here, part)
		if err != nil {
			return next, err
		}
		if next.mode == filemode.Submodule {
			return next, fmt.Errorf("%s %w", next.path, ErrSubmodule)
		}
		if next.mode != filemode.Symlink {
			stack = append(stack, next)
			continue
		}
		seen(next)
		if links++; links > maxLinks {
			return next, fmt.Errorf("%s: %w", next.path, ErrCircle)
		}
		link, err := t.read(next)
		if err != nil {
			return next, err
		}
		if strings.HasPrefix(string(link), "/") {
			return next, fmt.Errorf("%s: %w", next.path, ErrOutside)
		}
		rest = append(split(string(link)), rest...)
	}
	return stack[len(stack)-1], nil
}

func (t *Tree) entry(folder node, name string) (node, error) {
	at := path.Join(folder.path, name)
	if found, ok := t.made[at]; ok && folder.isDir() {
		return found, nil
	}
	if t.moved || folder.made {
		return node{path: at, made: true}, fs.ErrNotExist
	}
	absent := node{path: at, real: at}
	if !folder.isDir() {
		return absent, fs.ErrNotExist
	}
	listing, err := t.list(folder)
	if err != nil {
		return absent, err
	}
	entry, ok := find(listing, name)
	if !ok {
		return absent, fs.ErrNotExist
	}
	found := node{path: at, real: at, mode: entry.Mode, hash: entry.Hash}
	if t.hidden(found) {
		return node{path: at, made: true}, fs.ErrNotExist
	}
	return found, nil
}

// find looks an entry up by its exact name. The library's own search refuses names that it
// takes for dangerous in a checkout, such as those with a line break.
func find(listing *object.Tree, name string) (object.TreeEntry, bool) {
	// Git sorts a folder as if its name ended with a slash.
	for _, key := range []string{name, name + "/"} {
		at := sort.Search(len(listing.Entries), func(i int) bool { return sortKey(listing.Entries[i]) >= key })
		if at < len(listing.Entries) && listing.Entries[at].Name == name {
			return listing.Entries[at], true
		}
	}
	return object.TreeEntry{}, false
}

func sortKey(entry object.TreeEntry) string {
	if entry.Mode == filemode.Dir {
		return entry.Name + "/"
	}
	return entry.Name
}

func (t *Tree) list(folder node) (*object.Tree, error) {
	if listing, ok := t.listings[folder.hash]; ok {
		return listing, nil
	}
	listing, err := object.GetTree(t.store, folder.hash)
	if err != nil {
		return nil, missing("folder "+folder.path, err)
	}
	t.listings[folder.hash] = listing
	return listing, nil
}

func (t *Tree) read(file node) ([]byte, error) {
	if file.content != nil {
		return file.content, nil
	}
	blob, err := object.GetBlob(t.store, file.hash)
	if err != nil {
		return nil, missing("file "+file.path, err)
	}
	reader, err := blob.Reader()
	if err != nil {
		return nil, fmt.Errorf("file %s: %w", file.path, err)
	}
	defer reader.Close()
	return io.ReadAll(reader)
}

func split(name string) []string {
	return strings.FieldsFunc(strings.ReplaceAll("/"+name+"/", "/./", "/"), func(r rune) bool { return r == '/' })
}
