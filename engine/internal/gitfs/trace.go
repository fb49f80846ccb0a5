package gitfs

import (
	"bytes"
	"io/fs"
	"path"
	"slices"
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

// log keeps what a file system was asked and what it gave.
type log struct {
	trace    map[string]TraceEntry
	contents map[string][]byte
	// prefix stands before the names of contents.
	prefix  string
	outside string
	missing error
	// leftOut is shared with the files of other repositories.
	leftOut *[]string
	// papers are files that only templates which ask for files read.
	papers map[string]bool
	// asks is true where something does that is not among contents, such as a packed chart.
	asks bool
	remotes
}

func newLog() *log {
	return &log{trace: map[string]TraceEntry{}, contents: map[string][]byte{}, leftOut: &[]string{}, papers: map[string]bool{}, remotes: noRemotes()}
}

// Outside is the symlink that led out of the tree, or empty.
func (l *log) Outside() string { return l.outside }

// Missing is the error of an object that the repository lacks, or nil.
func (l *log) Missing() error { return l.missing }

// LeaveOut notes, once, a part that is not rendered though the rest is.
func (l *log) LeaveOut(reason string) {
	if !slices.Contains(*l.leftOut, reason) {
		*l.leftOut = append(*l.leftOut, reason)
	}
}

// LeftOut are the parts that were not rendered, as sentences.
func (l *log) LeftOut() []string { return *l.leftOut }

// Contents are the files that were read, before anything changed them: for messages to be
// cleaned by.
func (l *log) Contents() map[string][]byte { return l.contents }

// record keeps the strongest thing that was asked of a path: its listing tells more than
// that it is a folder.
func (l *log) record(found node, state string) {
	name := clean(found.real)
	if found.made || l.trace[name].State == stateList {
		return
	}
	oid := ""
	if state == stateFile || state == stateList {
		oid = found.hash.String()
	}
	l.trace[name] = TraceEntry{Path: name, State: state, Oid: oid}
}

// Trace gives all that was asked so far, in order of paths.
func (l *log) Trace() []TraceEntry {
	entries := make([]TraceEntry, 0, len(l.trace))
	asked := l.asksForFiles()
	for _, entry := range l.trace {
		if asked || !l.papers[entry.Path] {
			entries = append(entries, entry)
		}
	}
	sort.Slice(entries, func(a, b int) bool { return entries[a].Path < entries[b].Path })
	return entries
}

// asksForFiles tells whether anything that was read may be a template which reads a chart's files.
func (l *log) asksForFiles() bool {
	if l.asks {
		return true
	}
	for name, content := range l.contents {
		if !l.papers[name] && AsksForFiles(content) {
			return true
		}
	}
	return false
}

// AsksForFiles tells whether a text may be a template which reads a chart's files.
func AsksForFiles(text []byte) bool { return bytes.Contains(text, []byte(".Files")) }

// AskForFiles notes that something does that was not read of the commit as it is.
func (l *log) AskForFiles() { l.asks = true }

// info describes a path to the function that Walk calls.
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
