package helm

import (
	"errors"
	"path"
	"regexp"
	"strings"

	"hydrant/engine/internal/flux"
	"hydrant/engine/internal/gitfs"
	"hydrant/engine/internal/remote"
	"hydrant/engine/internal/rendering"
)

var address = regexp.MustCompile(`^[a-z][a-z0-9+.-]*://`)

// atAddress is what was fetched of an address.
func atAddress(disk *gitfs.FileSystem, url string) ([]byte, error) {
	if file := disk.Remotes().File(url); file != nil {
		// Messages are cleaned by it.
		disk.Contents()[url] = file.Base64
		return file.Base64, nil
	}
	disk.Remotes().Lack(remote.Need{Kind: "file", URL: url, Subject: url})
	return nil, about(problem("remote", "", "%s is remote, and remote values are not fetched.", url), url)
}

func (r *run) applyFiles(values map[string]any, one Layer) (map[string]any, error) {
	if address.MatchString(one.File) {
		content, err := atAddress(r.commit, one.File)
		if err != nil {
			return nil, err
		}
		return r.merge(values, layer{name: one.File, content: content})
	}
	if one.Repository != nil {
		return r.applyFilesOf(values, one)
	}
	return r.applyFilesIn(r.commit, values, one)
}

// applyFilesOf applies files of another repository than the commit's.
func (r *run) applyFilesOf(values map[string]any, one Layer) (map[string]any, error) {
	address := one.Repository.Repository
	disk, err := r.commit.Other(*one.Repository)
	if err != nil {
		return nil, rendering.ObjectMissing(err).In(address)
	}
	// Values files beside a chart of Flux are of the chart's own source.
	if patterns := r.source.Chart.Ignore; patterns != nil {
		if disk, err = flux.Artifact(disk, *patterns); err != nil {
			return nil, err
		}
	}
	before := len(r.layers)
	values, err = r.applyFilesIn(disk, values, one)
	// No line of the commit has them.
	for i := before; i < len(r.layers); i++ {
		r.layers[i].path, r.layers[i].name = "", address+"//"+r.layers[i].path
	}
	var found *rendering.Problem
	if errors.As(err, &found) {
		return nil, found.In(address)
	}
	return values, err
}

func (r *run) applyFilesIn(disk *gitfs.FileSystem, values map[string]any, one Layer) (map[string]any, error) {
	files, err := r.valuesFiles(disk, one)
	if err != nil {
		return nil, err
	}
	for _, at := range files {
		content, err := disk.ReadFile("/" + at)
		switch {
		case one.IgnoreMissing && isMissing(err):
			continue
		case err != nil && disk.IsDir("/"+at):
			return nil, about(problem("invalid-values", "", "%s is a folder; a file with values is wanted.", at), at)
		case err != nil:
			return nil, notRead(err, at)
		}
		if values, err = r.merge(values, layer{path: at, content: content}); err != nil {
			return nil, err
		}
	}
	return values, nil
}

// globbing are the characters by which Argo CD tells a glob from a path.
const globbing = "*?["

// valuesFiles are the paths that a layer's file names. As in Argo CD, a file that a glob
// matches counts where it is named by itself, or else where the first glob has it.
func (r *run) valuesFiles(disk *gitfs.FileSystem, one Layer) ([]string, error) {
	at, err := inRepository(one.File)
	if err != nil {
		return nil, err
	}
	if !strings.ContainsAny(at, globbing) {
		return []string{at}, nil
	}
	matched, err := matching(disk, at)
	if err != nil {
		return nil, err
	}
	if len(matched) == 0 && !one.IgnoreMissing {
		return nil, about(problem("missing-file", "", "No file matches %s.", one.File), one.File)
	}
	var files []string
	for _, match := range matched {
		if key := fileKey(one.Repository, match); !r.named[key] {
			r.named[key] = true
			files = append(files, match)
		}
	}
	return files, nil
}

// namedFiles are the files that the layers name without a glob.
func namedFiles(layers []Layer) map[string]bool {
	named := map[string]bool{}
	for _, one := range layers {
		if one.File != "" && !strings.ContainsAny(one.File, globbing) {
			named[fileKey(one.Repository, path.Clean(strings.TrimLeft(one.File, "/")))] = true
		}
	}
	return named
}

// fileKey tells files of several repositories apart.
func fileKey(repository *remote.OtherCommit, at string) string {
	if repository == nil {
		return at
	}
	return repository.Commit + "//" + at
}

func (r *run) applyChartFile(values map[string]any, one Layer) (map[string]any, error) {
	if r.folder != "" {
		return r.applyFiles(values, Layer{File: r.folder + "/" + one.ChartFile, IgnoreMissing: one.IgnoreMissing, Repository: r.source.Chart.Repository})
	}
	for _, f := range r.files {
		if f.name == strings.TrimPrefix(one.ChartFile, "./") {
			return r.merge(values, layer{path: f.place.path, content: f.data})
		}
	}
	if one.IgnoreMissing {
		return values, nil
	}
	return nil, about(problem("missing-file", "", "The chart has no %s.", one.ChartFile), one.ChartFile)
}
