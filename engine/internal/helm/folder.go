package helm

import (
	"bytes"
	"errors"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	chart "helm.sh/helm/v4/pkg/chart/v2"
	"helm.sh/helm/v4/pkg/ignore"
)

var byteOrderMark = []byte("\xef\xbb\xbf")

// paper is a file at a chart's root, or a subchart's, that is for people.
var paper = regexp.MustCompile(`(?i)^(charts/[^/]+/)*(readme|changelog|changes|licen[cs]e|notice|contributing)(\.[a-z]+)*$`)

// folder loads the chart in a folder of the commit.
func (c *charts) folder(folder string) (*chart.Chart, error) {
	files, err := c.filesIn(folder)
	if err != nil {
		return nil, err
	}
	return c.build(files)
}

// filesIn are a chart's files, as helm's own loader picks them: the .helmignore at the
// chart's root counts for all that is below, those of subcharts do not.
func (c *charts) filesIn(folder string) ([]file, error) {
	rules := ignore.Empty()
	text, err := c.disk.ReadFile("/" + path.Join(folder, ignore.HelmIgnore))
	switch {
	case err == nil:
		if rules, err = ignore.Parse(bytes.NewReader(text)); err != nil {
			at := path.Join(folder, ignore.HelmIgnore)
			return nil, problem("invalid-chart", at, "%s is not valid: %s.", at, err)
		}
	case !errors.Is(err, fs.ErrNotExist):
		return nil, notRead(err, path.Join(folder, ignore.HelmIgnore))
	}
	rules.AddDefaults()
	reading := reading{charts: c, rules: rules}
	if err := reading.folder(folder, "", nil); err != nil {
		return nil, err
	}
	return reading.files, nil
}

// reading is the walk through a chart's folder.
type reading struct {
	*charts
	rules *ignore.Rules
	files []file
}

// folder reads a folder whose files' names in the chart start with a prefix. Above are the
// folders that it stands in: a symlink to one of them has no end.
func (r *reading) folder(folder, prefix string, above []string) error {
	real, err := r.real(folder)
	if err != nil {
		return err
	}
	if slices.Contains(above, real) {
		return problem("invalid-chart", folder, "%s is a symlink to a folder that it stands in.", folder)
	}
	names, err := r.disk.ReadDir("/" + folder)
	if err != nil {
		return notRead(err, folder)
	}
	for _, name := range names {
		at := path.Join(folder, name)
		entry := entry{name: name, dir: r.disk.IsDir("/" + at)}
		if r.rules.Ignore(prefix+name, entry) {
			continue
		}
		if entry.dir {
			err = r.folder(at, prefix+name+"/", append(slices.Clip(above), real))
		} else {
			err = r.file(at, prefix+name)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (r *reading) file(at, name string) error {
	read := r.disk.ReadFile
	if paper.MatchString(name) {
		read = r.disk.ReadPaper
	}
	data, err := read("/" + at)
	if err != nil {
		return notRead(err, at)
	}
	if r.left -= int64(len(data)); r.left < 0 {
		return problem("invalid-chart", "", "The chart is larger than helm takes.")
	}
	real, err := r.real(at)
	if err != nil {
		return err
	}
	r.files = append(r.files, file{name: name, place: place{path: real}, data: bytes.TrimPrefix(data, byteOrderMark)})
	return nil
}

// real is a path without symlinks: what an author can open and a line can be given for.
func (r *reading) real(at string) (string, error) {
	folder, base, err := r.disk.CleanedAbs("/" + at)
	if err != nil {
		return "", notRead(err, at)
	}
	return strings.TrimPrefix(path.Join(string(folder), base), "/"), nil
}

// entry is all that ignore rules ask of a file.
type entry struct {
	name string
	dir  bool
}

func (e entry) Name() string       { return e.name }
func (e entry) Size() int64        { return 0 }
func (e entry) ModTime() time.Time { return time.Time{} }
func (e entry) IsDir() bool        { return e.dir }
func (e entry) Sys() any           { return nil }
func (e entry) Mode() fs.FileMode {
	if e.dir {
		return fs.ModeDir
	}
	return 0
}
