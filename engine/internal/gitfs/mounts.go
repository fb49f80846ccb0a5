package gitfs

import (
	"io/fs"
	"net/url"
	"path"
	"regexp"
	"strings"

	"hydrant/engine/internal/remote"
)

// remotes are what a file system has of other places.
type remotes struct {
	inputs *remote.Inputs
	stores *Stores
	// mounted are other repositories' commits, by their folder below `/(remote)`.
	mounted map[string]*FileSystem
}

func noRemotes() remotes {
	return remotes{inputs: &remote.Inputs{}, stores: &Stores{}, mounted: map[string]*FileSystem{}}
}

// UseRemotes gives the file system what was fetched of other places; stores open the
// repositories among it.
func (f *FileSystem) UseRemotes(inputs *remote.Inputs, stores *Stores) {
	f.inputs, f.stores = inputs, stores
}

// Remotes are what there is of other places.
func (f *FileSystem) Remotes() *remote.Inputs { return f.inputs }

// Mount is a place at which another repository's commit stands in a Rooted file system, as
// deep inside of nothing as the repository itself, so that no path leads from one to another.
type Mount struct {
	// Key tells several mounts of one commit apart.
	Key string
	// Address stands for the mount in messages.
	Address string
}

const remoteRoot = "/(remote)"

func (m Mount) folder() string {
	// A name with two dots in it would be taken for one that climbs.
	return m.Key + "~" + strings.ReplaceAll(url.PathEscape(m.Address), "..", "%2E%2E")
}

// Path is where a path of the mounted repository lies.
func (m Mount) Path(name string) string {
	return path.Join(remoteRoot, m.folder(), root, name)
}

// KeyOf is the key of the mount that a path of a Rooted file system lies in.
func KeyOf(name string) (key string, ok bool) {
	rest, ok := strings.CutPrefix(name, remoteRoot+"/")
	if !ok {
		return "", false
	}
	key, _, ok = strings.Cut(rest, "~")
	return key, ok
}

// Mount adds a repository's commit. What is read of it is no part of the trace: it depends
// on nothing but what names it. Messages are cleaned by it all the same.
func (f *FileSystem) Mount(mount Mount, repository remote.OtherCommit, rewrite Rewrite) (*FileSystem, error) {
	files, err := f.Other(repository)
	if err != nil {
		return nil, err
	}
	files.rewrite = rewrite
	f.mounted[mount.folder()] = files
	return files, nil
}

// Other is a commit of another repository by itself. What is read of it is no part of the
// trace either.
func (f *FileSystem) Other(repository remote.OtherCommit) (*FileSystem, error) {
	tree, err := f.stores.Tree(repository.GitDir, repository.Commit)
	if err != nil {
		return nil, err
	}
	own := &log{trace: map[string]TraceEntry{}, contents: f.contents, prefix: repository.Repository + "//", leftOut: f.leftOut, remotes: f.remotes}
	return &FileSystem{tree: tree, log: own}, nil
}

// mountedAt are the files of the mount that a path leads to, and their root.
func (f *FileSystem) mountedAt(name string) (files *FileSystem, start string, ok bool) {
	rest, ok := strings.CutPrefix(name, remoteRoot+"/")
	if !ok {
		return nil, "", false
	}
	folder, _, _ := strings.Cut(rest, "/")
	files, ok = f.mounted[folder]
	return files, path.Join(remoteRoot, folder, root), ok
}

var mountPath = regexp.MustCompile(`/*(?:\.\./)*\(remote\)/[^/~]*~([^/\s]*)/((?:` + regexp.QuoteMeta(above) + `/)*)(\(repository\)/?)?`)

// unmounted puts addresses in place of the paths of mounts.
func unmounted(text string) string {
	return mountPath.ReplaceAllStringFunc(text, func(found string) string {
		match := mountPath.FindStringSubmatch(found)
		address, err := url.PathUnescape(match[1])
		if err != nil {
			return found
		}
		if match[3] == "" {
			// Above the repository.
			return address + "//" + strings.Repeat("../", levels-strings.Count(match[2], above)+1)
		}
		return address + "//"
	})
}

// rootedError has the path of a mount in place of the one below it.
func rootedError(err error, at place) error {
	var broken *fs.PathError
	if err == nil || !strings.HasPrefix(at.root, remoteRoot) {
		return err
	}
	if asPathError(err, &broken) {
		return &fs.PathError{Op: broken.Op, Path: path.Join(at.root, broken.Path), Err: broken.Err}
	}
	return inMount{err, at}
}

func asPathError(err error, broken **fs.PathError) bool {
	found, ok := err.(*fs.PathError) //nolint:errorlint // only the outermost names the path
	*broken = found
	return ok
}

// inMount is an error whose text has a path that begins below a mount.
type inMount struct {
	error
	at place
}

func (e inMount) Error() string {
	return strings.ReplaceAll(e.error.Error(), "'"+e.at.at+"'", "'"+path.Join(e.at.root, e.at.at)+"'")
}
func (e inMount) Unwrap() error { return e.error }
