package gitfs

import (
	"io/fs"
	"path"
	"sort"
	"time"
)

// TraceEntry is one thing that a render asked of the tree; src/model/trace.ts has the words.
type TraceEntry struct {
	Path  string `json:"path"`
	State string `json:"state"`
	Oid   string `json:"oid"`
}

const (
	stateFile      = "file"
	stateDirectory = "directory"
	stateList      = "list"
	stateAbsent    = "absent"
)

// record keeps the strongest thing that was asked of a path: its listing tells more than
// that it is a folder.
func (f *FileSystem) record(name, state, oid string) {
	name = clean(name)
	if f.trace[name].State == stateList {
		return
	}
	f.trace[name] = TraceEntry{Path: name, State: state, Oid: oid}
}

// Trace gives all that was asked so far, in order of paths.
func (f *FileSystem) Trace() []TraceEntry {
	entries := make([]TraceEntry, 0, len(f.trace))
	for _, entry := range f.trace {
		entries = append(entries, entry)
	}
	sort.Slice(entries, func(a, b int) bool { return entries[a].Path < entries[b].Path })
	return entries
}

// info is what Walk tells of a path.
type info struct{ node node }

func (i info) Name() string       { return path.Base("/" + i.node.path) }
func (i info) Size() int64        { return 0 }
func (i info) ModTime() time.Time { return time.Time{} }
func (i info) IsDir() bool        { return i.node.isDir() }
func (i info) Sys() any           { return nil }
func (i info) Mode() fs.FileMode {
	mode, err := i.node.mode.ToOSFileMode()
	if err != nil {
		return fs.ModeIrregular
	}
	return mode
}
