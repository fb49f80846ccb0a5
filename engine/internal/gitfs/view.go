package gitfs

import (
	"io/fs"
	"path"
	"slices"
	"sort"

	"github.com/go-git/go-git/v5/plumbing/filemode"
)

// ViewOptions tell how a view differs from the tree.
type ViewOptions struct {
	// Rewrite changes files as they are read.
	Rewrite Rewrite
	// Hide tells which files (and symlinks, by link) are not there.
	Hide func(name string, link bool) bool
	// Places, where not nil, are all files that the view has, each with its path in the tree.
	Places map[string]string
}

// overlay is what a tree has besides the commit's.
type overlay struct {
	hide func(name string, link bool) bool
	// moved is true where the view has only what was made.
	moved bool
	made  map[string]node
}

// View gives the tree with differences. What is asked of it is recorded together with what
// is asked of the original, by the paths of the commit.
func (f *FileSystem) View(options ViewOptions) (*FileSystem, error) {
	tree := *f.tree
	tree.made = map[string]node{}
	for at, found := range f.tree.made {
		tree.made[at] = found
	}
	if options.Hide != nil {
		tree.hide = options.Hide
	}
	view := &FileSystem{tree: &tree, log: f.log, rewrite: options.Rewrite}
	if options.Places == nil {
		return view, nil
	}
	tree.moved = true
	tree.made = map[string]node{}
	for at, name := range options.Places {
		found, err := f.tree.resolve(name, func(node) {})
		if err != nil {
			return nil, &fs.PathError{Op: "open", Path: name, Err: err}
		}
		found.path = clean(at)
		view.put(found)
	}
	return view, nil
}

// AddFile adds a file that the commit does not have. It hides one of the same path.
func (f *FileSystem) AddFile(name string, content []byte) {
	if content == nil {
		content = []byte{}
	}
	f.put(node{path: clean(name), mode: filemode.Regular, made: true, content: content})
}

// put puts a node into the view, and the folders above it where there are none.
func (f *FileSystem) put(file node) {
	if f.tree.made == nil {
		f.tree.made = map[string]node{}
	}
	f.tree.made[file.path] = file
	for folder := path.Dir(file.path); folder != "."; folder = path.Dir(folder) {
		if found, err := f.tree.resolve(folder, func(node) {}); err == nil && found.isDir() {
			return
		}
		f.tree.made[folder] = node{path: folder, mode: filemode.Dir, made: true}
	}
}

// Real is the path in the commit of a file of this view, after symlinks; false where only
// the view has it.
func (f *FileSystem) Real(name string) (string, bool) {
	found, err := f.tree.resolve(name, func(node) {})
	if err != nil || found.made {
		return "", false
	}
	return found.real, true
}

func (t *Tree) hidden(found node) bool {
	return t.hide != nil && !found.isDir() && t.hide(found.path, found.mode == filemode.Symlink)
}

// names lists a folder.
func (t *Tree) names(folder node) ([]string, error) {
	var names []string
	for at := range t.made {
		if inside := path.Dir("/"+at) == "/"+folder.path; inside {
			names = append(names, path.Base(at))
		}
	}
	if !t.moved && !folder.made {
		listing, err := t.list(folder)
		if err != nil {
			return nil, err
		}
		for _, entry := range listing.Entries {
			at := path.Join(folder.path, entry.Name)
			if !t.hidden(node{path: at, mode: entry.Mode}) {
				names = append(names, entry.Name)
			}
		}
	}
	sort.Strings(names)
	return slices.Compact(names), nil
}
