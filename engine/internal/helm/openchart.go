package helm

import (
	"errors"
	"io/fs"
	"path"
	"strings"

	chart "helm.sh/helm/v4/pkg/chart/v2"
	"hydrant/engine/internal/flux"
	"hydrant/engine/internal/gitfs"
	"hydrant/engine/internal/rendering"
)

// load reads the chart and what it depends on.
func (r *run) load() error {
	err := r.open()
	if err != nil {
		return err
	}
	switch {
	case r.source.Chart.Archive != nil:
		r.files, err = r.inArchive(*r.source.Chart.Archive, r.source.Chart.File)
	default:
		r.files, err = r.inTree(r.source.Chart.Path)
	}
	if err != nil {
		return err
	}
	r.manifest = placeIn(r.files, "Chart.yaml")
	if r.chart, err = r.build(r.files); err != nil {
		return err
	}
	if err := r.installable(); err != nil {
		return err
	}
	return r.completeDependencies()
}

// open makes the file systems that the chart and its values files are read from.
func (r *run) open() error {
	disk := r.commit
	if repository := r.source.Chart.Repository; repository != nil {
		other, err := r.commit.Other(*repository)
		if err != nil {
			return rendering.ObjectMissing(err)
		}
		disk = other
	}
	if r.source.Chart.Ignore != nil {
		artifact, err := flux.Artifact(disk, *r.source.Chart.Ignore)
		if err != nil {
			return err
		}
		if disk == r.commit {
			r.commit = artifact
		}
		disk = artifact
	}
	r.charts = newCharts(disk)
	return nil
}

// inArchive are the files of a packed chart. Where it was committed, what the operator leaves out
// of the repository is not there.
func (r *run) inArchive(packed Archive, committed string) ([]file, error) {
	if committed != "" {
		if _, err := r.disk.ReadFile("/" + committed); err != nil {
			return nil, notRead(err, committed)
		}
	}
	return filesOf(packed, r.commit)
}

// filesOf are the files of a packed chart that is not part of the commit.
func filesOf(packed Archive, disk *gitfs.FileSystem) ([]file, error) {
	content, ok := disk.Remotes().Archive(packed)
	if !ok {
		return nil, about(problem("invalid-chart", "", "The chart %s is not the one with the pinned digest.", packed.Name), packed.Name)
	}
	return unpack(disk, content, place{})
}

// inTree are the files of a chart of the commit.
func (r *run) inTree(name string) ([]file, error) {
	at, err := inRepository(name)
	if err != nil {
		return nil, err
	}
	if r.disk.IsDir("/" + at) {
		r.folder = at
		return r.filesIn(at)
	}
	data, err := r.disk.ReadFile("/" + at)
	if err != nil {
		return nil, notRead(err, at)
	}
	if path.Ext(at) != ".tgz" {
		return nil, about(problem("not-a-directory", at, "%s is a file; a chart's folder is wanted.", at), at)
	}
	return unpack(r.disk, data, place{path: at})
}

// installable refuses charts that helm refuses, before anything of them is rendered.
func (r *run) installable() error {
	meta := r.chart.Metadata
	if meta.APIVersion != chart.APIVersionV1 && meta.APIVersion != chart.APIVersionV2 {
		return problem("invalid-chart", r.manifest.path, "The chart's apiVersion is %s; helm renders v1 and v2.", meta.APIVersion)
	}
	if meta.Type != "" && meta.Type != "application" {
		return problem("invalid-chart", r.manifest.path, "%s is a library chart, and library charts are not installable.", meta.Name)
	}
	return nil
}

// inRepository is a path as the commit has it, without leading slash.
func inRepository(name string) (string, error) {
	at := path.Clean(strings.TrimLeft(name, "/"))
	if at == ".." || strings.HasPrefix(at, "../") {
		return "", about(problem("forbidden-path", "", "%s is outside of the repository.", name), name)
	}
	return at, nil
}

// isMissing tells a missing file from one that cannot be read.
func isMissing(err error) bool {
	return errors.Is(err, fs.ErrNotExist) && !errors.Is(err, gitfs.ErrSubmodule)
}
