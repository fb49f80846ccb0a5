package gitfs

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/filesys"
)

// ErrClimbs is returned for a path that leads above the root of the repository, and
// ErrAbsolute for one that starts at the machine's.
var (
	ErrClimbs   = errors.New("leads out of the repository")
	ErrAbsolute = errors.New("has no place in the repository")
)

const (
	// above stands for a folder above the repository, whose name is unknown.
	above = "(above)"
	// levels is how many of them a path can climb and still be told by what was written.
	levels = 32
)

var root = "/" + strings.Repeat(above+"/", levels) + "(repository)"

// Rooted is the file system as if the repository lay deep inside of another one. Libraries
// join paths before they ask for them, and `/o` joined with `../../p` would be `/p`, which
// a checkout does not have there.
type Rooted struct{ files *FileSystem }

var _ filesys.FileSystem = Rooted{}

// NewRooted wraps a file system.
func NewRooted(files *FileSystem) Rooted { return Rooted{files} }

// RootedPath is where a path of the repository lies in a Rooted file system.
func RootedPath(name string) string { return path.Join(root, name) }

// Unrooted turns the paths of a Rooted file system in a text into those of the repository,
// with a slash before them. What lies above it begins with `../`, and what lies in a mounted
// repository with its address.
func Unrooted(text string) string {
	text = unmounted(text)
	text = strings.ReplaceAll(text, root+"/", "/")
	text = strings.ReplaceAll(text, root, "/")
	for level := levels; level > 0; level-- {
		text = strings.ReplaceAll(text, "/"+strings.Repeat(above+"/", level), strings.Repeat("../", levels-level+1))
	}
	return text
}

// UnrootedError is the same error with a text in the repository's paths.
func UnrootedError(err error) error {
	if err == nil {
		return nil
	}
	return unrooted{err}
}

type unrooted struct{ error }

func (u unrooted) Error() string { return Unrooted(u.error.Error()) }
func (u unrooted) Unwrap() error { return u.error }

// Rooted is the text in the paths of the Rooted file system.
func (u unrooted) Rooted() string { return u.error.Error() }

// place is a path of a Rooted file system: the files that have it, the root of these, and
// the path below it.
type place struct {
	files *FileSystem
	root  string
	at    string
}

// inside is a path's place in the repository, or in a mounted one.
func (r Rooted) inside(name string) (place, error) {
	if files, start, ok := r.files.mountedAt(name); ok {
		if at, ok := below(name, start); ok {
			return place{files, start, at}, nil
		}
		return place{}, fmt.Errorf("%s %w: %w", name, ErrClimbs, fs.ErrNotExist)
	}
	if at, ok := below(name, root); ok {
		return place{r.files, root, at}, nil
	}
	if strings.HasPrefix(name, "/"+above) {
		return place{}, fmt.Errorf("%s %w: %w", name, ErrClimbs, fs.ErrNotExist)
	}
	return place{}, fmt.Errorf("%s %w: %w", name, ErrAbsolute, fs.ErrNotExist)
}

// below is a path from a folder, with a slash before it.
func below(name, folder string) (string, bool) {
	if name == folder {
		return "/", true
	}
	at, ok := strings.CutPrefix(name, folder+"/")
	return "/" + at, ok
}

// IsDir tells whether the path is a folder, after symlinks.
func (r Rooted) IsDir(name string) bool {
	found, err := r.inside(name)
	return err == nil && found.files.IsDir(found.at)
}

// Exists tells whether there is anything at the path.
func (r Rooted) Exists(name string) bool {
	found, err := r.inside(name)
	return err == nil && found.files.Exists(found.at)
}

// CleanedAbs gives the folder of a path without symlinks, and the file's name in it.
func (r Rooted) CleanedAbs(name string) (filesys.ConfirmedDir, string, error) {
	found, err := r.inside(name)
	if err != nil {
		return "", "", fmt.Errorf("evalsymlink failure on '%s' : %w", name, err)
	}
	folder, file, err := found.files.CleanedAbs(found.at)
	if err != nil {
		return "", "", rootedError(err, found)
	}
	return filesys.ConfirmedDir(strings.TrimSuffix(found.root+folder.String(), "/")), file, nil
}

// ReadFile gives the bytes of a file.
func (r Rooted) ReadFile(name string) ([]byte, error) {
	found, err := r.inside(name)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	content, err := found.files.ReadFile(found.at)
	return content, rootedError(err, found)
}

// ReadDir lists a folder's names.
func (r Rooted) ReadDir(name string) ([]string, error) {
	found, err := r.inside(name)
	if err != nil {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: err}
	}
	content, err := found.files.ReadDir(found.at)
	return content, rootedError(err, found)
}

// Open gives a file to read.
func (r Rooted) Open(name string) (filesys.File, error) {
	found, err := r.inside(name)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	content, err := found.files.Open(found.at)
	return content, rootedError(err, found)
}

// Walk visits a folder and all below it, in order of names.
func (r Rooted) Walk(name string, visit filepath.WalkFunc) error {
	start, err := r.inside(name)
	if err != nil {
		return visit(name, nil, err)
	}
	return start.files.Walk(start.at, func(found string, info fs.FileInfo, err error) error {
		return visit(path.Join(start.root, found), info, err)
	})
}

// Glob gives the paths that match a pattern, as filepath.Glob does.
func (r Rooted) Glob(pattern string) ([]string, error) {
	start, err := r.inside(pattern)
	if err != nil {
		return nil, nil
	}
	found, err := start.files.Glob(start.at)
	for i, name := range found {
		found[i] = path.Join(start.root, name)
	}
	return found, err
}

// Create refuses: nothing changes a commit.
func (r Rooted) Create(name string) (filesys.File, error) { return r.files.Create(name) }

// Mkdir refuses.
func (r Rooted) Mkdir(name string) error { return r.files.Mkdir(name) }

// MkdirAll refuses.
func (r Rooted) MkdirAll(name string) error { return r.files.MkdirAll(name) }

// RemoveAll refuses, except for what was never here.
func (r Rooted) RemoveAll(name string) error {
	found, err := r.inside(name)
	if err != nil {
		return nil
	}
	return found.files.RemoveAll(found.at)
}

// WriteFile refuses.
func (r Rooted) WriteFile(name string, content []byte) error { return r.files.WriteFile(name, content) }
