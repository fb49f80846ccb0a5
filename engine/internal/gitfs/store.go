// Package gitfs shows the tree of one Git commit as the read-only file system that
// kustomize reads from, and records all that was asked of it.
package gitfs

import (
	"errors"
	"fmt"
	"io/fs"
	"sync"

	"github.com/go-git/go-billy/v5/osfs"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/cache"
	"github.com/go-git/go-git/v5/plumbing/object"
	"github.com/go-git/go-git/v5/plumbing/storer"
	"github.com/go-git/go-git/v5/storage/filesystem"
)

// ErrObjectMissing is returned where the repository lacks an object that a commit needs.
var ErrObjectMissing = errors.New("object is missing from the repository")

// Stores keeps the object databases that were opened, by their folder.
type Stores struct {
	mu   sync.Mutex
	open map[string]*filesystem.Storage
}

// maxStores bounds the kept descriptors: a worker of the bot sees many repositories.
const maxStores = 16

// Rest closes the stores when there are many. No tree of them may be in use.
func (s *Stores) Rest() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.open) < maxStores {
		return
	}
	for _, store := range s.open {
		_ = store.Close()
	}
	s.open = nil
}

// Tree opens the tree of a commit. A repository that was fetched into since it was opened
// has packs that go-git has not indexed, so a missing commit is looked for once more.
func (s *Stores) Tree(gitDir, commit string) (*Tree, error) {
	tree, err := s.tree(gitDir, commit, false)
	if errors.Is(err, ErrObjectMissing) {
		return s.tree(gitDir, commit, true)
	}
	return tree, err
}

func (s *Stores) tree(gitDir, commit string, anew bool) (*Tree, error) {
	store := s.store(gitDir, anew)
	found, err := object.GetCommit(store, plumbing.NewHash(commit))
	if err != nil {
		return nil, missing("commit "+commit, err)
	}
	return &Tree{store: store, root: found.TreeHash, listings: map[plumbing.Hash]*object.Tree{}}, nil
}

func (s *Stores) store(gitDir string, anew bool) *filesystem.Storage {
	s.mu.Lock()
	defer s.mu.Unlock()
	if store, ok := s.open[gitDir]; ok && !anew {
		return store
	}
	if s.open == nil {
		s.open = map[string]*filesystem.Storage{}
	}
	if old, ok := s.open[gitDir]; ok {
		_ = old.Close()
	}
	options := filesystem.Options{KeepDescriptors: true, AlternatesFS: osfs.New("/")}
	store := filesystem.NewStorageWithOptions(osfs.New(gitDir), cache.NewObjectLRUDefault(), options)
	s.open[gitDir] = store
	return store
}

// errNotAllowed is what the kernel's refusal means (package kernel).
var errNotAllowed = errors.New("the engine was not started for this repository and may not read it")

func missing(what string, err error) error {
	if errors.Is(err, fs.ErrPermission) {
		return fmt.Errorf("%s: %w (%w)", what, errNotAllowed, err)
	}
	if errors.Is(err, plumbing.ErrObjectNotFound) {
		return fmt.Errorf("%s: %w", what, ErrObjectMissing)
	}
	return fmt.Errorf("%s: %w", what, err)
}

var _ storer.EncodedObjectStorer = (*filesystem.Storage)(nil)
