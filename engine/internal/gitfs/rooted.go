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
	// above is what stands for the folders above the repository, of which nothing is known.
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
// with a slash before them. What lies above it begins with `../`.
func Unrooted(text string) string {
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

// inside is a path's place in the repository.
func inside(name string) (string, error) {
	if name == root || strings.HasPrefix(name, root+"/") {
		return "/" + strings.TrimPrefix(strings.TrimPrefix(name, root), "/"), nil
	}
	if strings.HasPrefix(name, "/"+above) {
		return "", fmt.Errorf("%s %w: %w", name, ErrClimbs, fs.ErrNotExist)
	}
	return "", fmt.Errorf("%s %w: %w", name, ErrAbsolute, fs.ErrNotExist)
}

// IsDir tells whether the path is a folder, after symlinks.
func (r Rooted) IsDir(name string) bool {
	at, err := inside(name)
	return err == nil && r.files.IsDir(at)
}

// Exists tells whether there is anything at the path.
func (r Rooted) Exists(name string) bool {
	at, err := inside(name)
	return err == nil && r.files.Exists(at)
}

// CleanedAbs gives the folder of a path without symlinks, and the file's name in it.
func (r Rooted) CleanedAbs(name string) (filesys.ConfirmedDir, string, error) {
	at, err := inside(name)
	if err != nil {
		return "", "", fmt.Errorf("evalsymlink failure on '%s' : %w", name, err)
	}
	folder, file, err := r.files.CleanedAbs(at)
	if err != nil {
		return "", "", err
	}
	return filesys.ConfirmedDir(strings.TrimSuffix(root+folder.String(), "/")), file, nil
}

// ReadFile gives the bytes of a file.
func (r Rooted) ReadFile(name string) ([]byte, error) {
	at, err := inside(name)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return r.files.ReadFile(at)
}

// ReadDir lists a folder's names.
func (r Rooted) ReadDir(name string) ([]string, error) {
	at, err := inside(name)
	if err != nil {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: err}
	}
	return r.files.ReadDir(at)
}

// Open gives a file to read.
func (r Rooted) Open(name string) (filesys.File, error) {
	at, err := inside(name)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return r.files.Open(at)
}

// Walk visits a folder and all below it, in order of names.
func (r Rooted) Walk(name string, visit filepath.WalkFunc) error {
	at, err := inside(name)
	if err != nil {
		return visit(name, nil, err)
	}
	return r.files.Walk(at, func(found string, info fs.FileInfo, err error) error {
		return visit(RootedPath(found), info, err)
	})
}

// Glob gives the paths that match a pattern, as filepath.Glob does.
func (r Rooted) Glob(pattern string) ([]string, error) {
	at, err := inside(pattern)
	if err != nil {
		return nil, nil
	}
	found, err := r.files.Glob(at)
	for i, name := range found {
		found[i] = RootedPath(name)
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
	at, err := inside(name)
	if err != nil {
		return nil
	}
	return r.files.RemoveAll(at)
}

// WriteFile refuses.
func (r Rooted) WriteFile(name string, content []byte) error { return r.files.WriteFile(name, content) }
