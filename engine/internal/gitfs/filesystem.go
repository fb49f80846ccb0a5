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

var errReadOnly = errors.New("a commit's tree is read-only")

// Rewrite changes a file's content as it is read.
type Rewrite func(name string, content []byte) ([]byte, error)

// FileSystem is a commit's tree below `/`. What was asked of it is kept in a log that it
// shares with its views.
type FileSystem struct {
	tree *Tree
	*log
	// rewrite is nil where files are read as they are.
	rewrite Rewrite
}

// New gives the tree as a file system.
func New(tree *Tree, rewrite Rewrite) *FileSystem {
	return &FileSystem{tree: tree, log: newLog(), rewrite: rewrite}
}

func (f *FileSystem) resolve(name string) (node, error) {
	found, err := f.tree.resolve(name, func(link node) { f.record(link, stateFile) })
	switch {
	case errors.Is(err, ErrSubmodule):
		f.record(found, stateFile)
	case errors.Is(err, fs.ErrNotExist):
		f.record(found, stateAbsent)
	case errors.Is(err, ErrOutside):
		f.outside = found.path
	case errors.Is(err, ErrObjectMissing):
		f.missing = err
	}
	return found, err
}

// IsDir tells whether the path is a folder, after symlinks.
func (f *FileSystem) IsDir(name string) bool {
	found, err := f.resolve(name)
	if err == nil && found.isDir() {
		f.record(found, stateDirectory)
		return true
	}
	if err == nil {
		f.record(found, stateFile)
	}
	return false
}

// Exists tells whether there is anything at the path.
func (f *FileSystem) Exists(name string) bool {
	found, err := f.resolve(name)
	if err != nil {
		return false
	}
	f.recordNode(found)
	return true
}

// WhyAbsent tells why there is nothing at the path: fs.ErrNotExist, ErrCircle, ErrOutside or another.
func (f *FileSystem) WhyAbsent(name string) error {
	_, err := f.resolve(name)
	return err
}

// CleanedAbs gives the folder of a path without symlinks, and the file's name in it.
func (f *FileSystem) CleanedAbs(name string) (filesys.ConfirmedDir, string, error) {
	found, err := f.resolve(name)
	if err != nil {
		return "", "", fmt.Errorf("evalsymlink failure on '%s' : %w", name, err)
	}
	f.recordNode(found)
	if found.isDir() {
		return filesys.ConfirmedDir("/" + found.path), "", nil
	}
	return filesys.ConfirmedDir(path.Dir("/" + found.path)), path.Base(found.path), nil
}

// ReadFile gives the bytes of a file.
func (f *FileSystem) ReadFile(name string) ([]byte, error) {
	found, err := f.resolve(name)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	if found.isDir() {
		return nil, &fs.PathError{Op: "read", Path: name, Err: errors.New("is a directory")}
	}
	f.record(found, stateFile)
	content, err := f.tree.read(found)
	if err != nil {
		f.missing = err
		return nil, err
	}
	f.contents[f.prefix+found.path] = content
	delete(f.papers, clean(found.real))
	if f.rewrite != nil {
		return f.rewrite(found.path, content)
	}
	return content, nil
}

// ReadPaper is ReadFile for what stands in a chart for people, such as a README: it counts as read
// only where a template may ask for it, or something else reads it.
func (f *FileSystem) ReadPaper(name string) ([]byte, error) {
	found, err := f.resolve(name)
	real := clean(found.real)
	_, known := f.contents[f.prefix+found.path]
	isPaper := !known || f.papers[real]
	content, readErr := f.ReadFile(name)
	if err == nil && readErr == nil && isPaper {
		f.papers[real] = true
	}
	return content, readErr
}

// ReadDir lists a folder's names.
func (f *FileSystem) ReadDir(name string) ([]string, error) {
	found, err := f.resolve(name)
	if err != nil || !found.isDir() {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrNotExist}
	}
	names, err := f.tree.names(found)
	if err != nil {
		return nil, err
	}
	f.record(found, stateList)
	return names, nil
}

// Walk visits a folder and all below it, in order of names.
func (f *FileSystem) Walk(root string, visit filepath.WalkFunc) error {
	found, err := f.resolve(root)
	if err != nil {
		return visit(root, nil, err)
	}
	err = f.walk(root, found, visit)
	if errors.Is(err, filepath.SkipDir) || errors.Is(err, filepath.SkipAll) {
		return nil
	}
	return err
}

func (f *FileSystem) walk(name string, here node, visit filepath.WalkFunc) error {
	err := visit(name, info{here}, nil)
	if err != nil || !here.isDir() {
		if errors.Is(err, filepath.SkipDir) && here.isDir() {
			return nil
		}
		return err
	}
	names, err := f.ReadDir("/" + here.path)
	if err != nil {
		return err
	}
	for _, child := range names {
		next, err := f.tree.entry(here, child)
		if err != nil {
			return err
		}
		if err := f.walk(path.Join(name, child), next, visit); err != nil {
			return err
		}
	}
	return nil
}

// Glob gives the paths that match a pattern, as filepath.Glob does. Folders that the pattern
// names are not listed: what else is in them does not matter to a trace.
func (f *FileSystem) Glob(pattern string) ([]string, error) {
	if _, err := path.Match(pattern, ""); err != nil {
		return nil, err
	}
	folders := []string{"/"}
	for _, part := range split(pattern) {
		var next []string
		for _, folder := range folders {
			if !strings.ContainsAny(part, `*?[\`) {
				if at := path.Join(folder, part); f.Exists(at) {
					next = append(next, at)
				}
				continue
			}
			names, err := f.ReadDir(folder)
			if err != nil {
				continue
			}
			for _, name := range names {
				if ok, _ := path.Match(part, name); ok {
					next = append(next, path.Join(folder, name))
				}
			}
		}
		folders = next
	}
	return folders, nil
}

// Open gives a file to read.
func (f *FileSystem) Open(name string) (filesys.File, error) {
	content, err := f.ReadFile(name)
	if err != nil {
		return nil, err
	}
	memory := filesys.MakeFsInMemory()
	if err := memory.WriteFile("/file", content); err != nil {
		return nil, err
	}
	return memory.Open("/file")
}

// Create, Mkdir, MkdirAll, RemoveAll and WriteFile refuse: nothing changes a commit.
func (f *FileSystem) Create(string) (filesys.File, error) { return nil, errReadOnly }

// Mkdir refuses.
func (f *FileSystem) Mkdir(string) error { return errReadOnly }

// MkdirAll refuses.
func (f *FileSystem) MkdirAll(string) error { return errReadOnly }

// RemoveAll refuses, except for what was never here: kustomize cleans up after remote bases.
func (f *FileSystem) RemoveAll(name string) error {
	if _, err := f.tree.resolve(name, func(node) {}); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return errReadOnly
}

// WriteFile refuses.
func (f *FileSystem) WriteFile(string, []byte) error { return errReadOnly }

func (f *FileSystem) recordNode(found node) {
	if found.isDir() {
		f.record(found, stateDirectory)
	} else {
		f.record(found, stateFile)
	}
}

func clean(name string) string { return strings.TrimPrefix(path.Clean("/"+name), "/") }
