package helm

import (
	"bytes"
	"errors"
	"maps"
	"path"
	"slices"
	"strings"

	"helm.sh/helm/v4/pkg/chart/common"
	"helm.sh/helm/v4/pkg/chart/loader/archive"
	chart "helm.sh/helm/v4/pkg/chart/v2"
	"helm.sh/helm/v4/pkg/chart/v2/loader"

	"hydrant/engine/internal/gitfs"
)

// file is one file of a chart; its name starts at the chart's root.
type file struct {
	name  string
	place place
	data  []byte
}

// place tells where something stands.
type place struct {
	// path is a file of the repository; empty for a chart that the commit does not have.
	path string
	// within is the path inside of a packed chart; empty for a plain file.
	within string
}

// String is how messages name it.
func (p place) String() string {
	switch {
	case p.within == "":
		return p.path
	case p.path == "":
		return p.within
	default:
		return p.within + " in " + p.path
	}
}

// charts loads charts and remembers where their files stand.
type charts struct {
	disk *gitfs.FileSystem
	// places are by entries of chart.Raw: they stay the same where helm copies a chart for an alias.
	places map[*common.File]place
	// left is how many bytes may still be read; helm's own limit.
	left int64
}

func newCharts(disk *gitfs.FileSystem) *charts {
	return &charts{disk: disk, places: map[*common.File]place{}, left: archive.MaxDecompressedChartSize}
}

// build makes a chart of its files. Helm's own loader is given one chart at a time, because
// it takes the subcharts in random order and forgets where they stand.
func (c *charts) build(files []file) (*chart.Chart, error) {
	own, vendored := split(files)
	buffered := make([]*archive.BufferedFile, len(own))
	for i, f := range own {
		buffered[i] = &archive.BufferedFile{Name: f.name, Data: f.data}
	}
	loaded, err := loader.LoadFiles(buffered)
	if err != nil {
		return nil, notLoaded(err, own, files)
	}
	for i, raw := range loaded.Raw {
		c.places[raw] = own[i].place
	}
	for _, name := range slices.Sorted(maps.Keys(vendored)) {
		subchart, err := c.vendored(name, vendored[name])
		if err != nil {
			return nil, err
		}
		if subchart != nil {
			loaded.AddDependency(subchart)
		}
	}
	return loaded, nil
}

// split takes the files of charts/ apart from a chart's own, by subchart.
func split(files []file) (own []file, vendored map[string][]file) {
	vendored = map[string][]file{}
	for _, f := range files {
		name, ok := strings.CutPrefix(f.name, "charts/")
		if !ok || path.Ext(name) == ".prov" {
			own = append(own, f)
			continue
		}
		top, _, _ := strings.Cut(name, "/")
		vendored[top] = append(vendored[top], file{name: name, place: f.place, data: f.data})
	}
	return own, vendored
}

// vendored loads what stands in charts/ under a name, or nothing where helm passes over it.
func (c *charts) vendored(name string, files []file) (*chart.Chart, error) {
	if strings.IndexAny(name, "_.") == 0 {
		return nil, nil
	}
	if path.Ext(name) == ".tgz" {
		if files[0].name != name {
			return nil, problem("invalid-chart", files[0].place.path, "charts/%s is a folder, and its name is a packed chart's.", name)
		}
		return c.packed(files[0].data, files[0].place)
	}
	var inside []file
	for _, f := range files {
		if rest, ok := strings.CutPrefix(f.name, name+"/"); ok {
			inside = append(inside, file{name: rest, place: f.place, data: f.data})
		}
	}
	if inside == nil {
		return nil, problem("invalid-chart", files[0].place.path, "%s stands in charts/ and is no chart; helm loads all that is there.", files[0].place)
	}
	return c.build(inside)
}

// packed loads a packed chart that stands at a place.
func (c *charts) packed(data []byte, at place) (*chart.Chart, error) {
	files, err := unpack(c.disk, data, at)
	if err != nil {
		return nil, err
	}
	return c.build(files)
}

func unpack(disk *gitfs.FileSystem, data []byte, at place) ([]file, error) {
	unpacked, err := archive.LoadArchiveFiles(bytes.NewReader(data))
	if err != nil {
		return nil, problem("invalid-chart", at.path, "%s cannot be unpacked: %s.", at, err)
	}
	files := make([]file, len(unpacked))
	for i, f := range unpacked {
		files[i] = file{name: f.Name, place: place{path: at.path, within: path.Join(at.within, f.Name)}, data: f.Data}
		if gitfs.AsksForFiles(f.Data) {
			disk.AskForFiles()
		}
	}
	return files, nil
}

// placeOf tells where a file of a chart stands; the zero place where the chart lacks it.
func (c *charts) placeOf(loaded *chart.Chart, name string) place {
	for _, raw := range loaded.Raw {
		if raw.Name == name {
			return c.places[raw]
		}
	}
	return place{}
}

// notLoaded is the problem of a chart that helm's loader refuses.
func notLoaded(err error, own, all []file) error {
	text := err.Error()
	if what, ok := strings.CutPrefix(text, "cannot load "); ok {
		name, _, _ := strings.Cut(what, ":")
		return brokenFile(err, placeIn(own, name), name)
	}
	manifest := placeIn(own, "Chart.yaml")
	if manifest == (place{}) {
		return problem("invalid-chart", "", "%s has no Chart.yaml.", folderOf(all))
	}
	reason := strings.TrimPrefix(text, "validation: ")
	if invalid := chart.ValidationError(""); errors.As(err, &invalid) {
		reason = strings.ReplaceAll(string(invalid), "chart.metadata.", "")
	}
	return problem("invalid-chart", manifest.path, "%s is not valid: %s.", manifest, reason)
}

func brokenFile(err error, at place, name string) error {
	kind := "invalid-chart"
	if name == "values.yaml" {
		kind = "invalid-values"
	}
	reason, line := notYAML(err)
	made := problem(kind, at.path, "%s is not valid: %s.", at, reason)
	if at.within == "" {
		made.Line = lineOf(line)
	}
	return made
}

func placeIn(files []file, name string) place {
	for _, f := range files {
		if f.name == name {
			return f.place
		}
	}
	return place{}
}

// folderOf names the chart that the files belong to.
func folderOf(files []file) string {
	if len(files) == 0 {
		return "The chart"
	}
	first := files[0]
	at := place{path: first.place.path, within: strings.TrimSuffix(strings.TrimSuffix(first.place.within, first.name), "/")}
	if first.place.within == "" {
		at.path = strings.TrimSuffix(strings.TrimSuffix(first.place.path, first.name), "/")
	}
	return at.String()
}
