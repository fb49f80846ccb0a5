package helm

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"regexp"
	"strings"

	"helm.sh/helm/v4/pkg/chart/v2/loader"
	"helm.sh/helm/v4/pkg/strvals"

	"hydrant/engine/internal/gitfs"
	"hydrant/engine/internal/remote"
	"hydrant/engine/internal/rendering"
)

// layer is a layer of values as it was read, for messages to find a value's place in. The
// path is empty for values that stand in the source itself.
type layer struct {
	path string
	// name is an address, for values that are at one.
	name    string
	content []byte
}

// mergedValues lays the source's values over one another, the later over the earlier.
// Nulls stay: they take away the chart's own values later.
func (r *run) mergedValues() (map[string]any, error) {
	values := map[string]any{}
	r.named = namedFiles(r.source.Values)
	for i, one := range r.source.Values {
		var err error
		if values, err = r.apply(values, i, one); err != nil {
			return nil, err
		}
	}
	return values, nil
}

// again lays the mapping of a layer over the values once more. It is the same one, as in
// fluxcd/pkg/chartutil (ChartValuesFromReferences): what was put below it has become part of it.
func (r *run) again(values map[string]any, at int) (map[string]any, error) {
	read, ok := r.whole[at]
	if !ok {
		return nil, fmt.Errorf("the layer of values %d has no mapping of its own", at)
	}
	return loader.MergeMaps(values, read), nil
}

func (r *run) apply(values map[string]any, at int, one Layer) (map[string]any, error) {
	switch {
	case one.File != "":
		return r.applyFiles(values, one)
	case one.ChartFile != "":
		return r.applyChartFile(values, one)
	case one.Inline != nil:
		return r.mergeOwn(values, at, one.Inline)
	case one.Text != nil:
		return r.mergeOwn(values, at, []byte(*one.Text))
	case one.Again != nil:
		return r.again(values, *one.Again)
	case one.Set != nil:
		return values, r.set(values, *one.Set, one.ForceString)
	case one.SetFile != nil:
		return values, r.setFile(values, *one.SetFile)
	case one.At != nil:
		return values, r.at(values, *one.At)
	default:
		return nil, errors.New("a layer of values has no content")
	}
}

// mergeOwn merges the values that a layer of the source has in itself.
func (r *run) mergeOwn(values map[string]any, at int, content []byte) (map[string]any, error) {
	read, err := r.read(layer{content: content})
	if err != nil {
		return nil, err
	}
	r.whole[at] = read
	return loader.MergeMaps(values, read), nil
}

func (r *run) merge(values map[string]any, from layer) (map[string]any, error) {
	read, err := r.read(from)
	if err != nil {
		return nil, err
	}
	return loader.MergeMaps(values, read), nil
}

func (r *run) read(from layer) (map[string]any, error) {
	read, err := loader.LoadValues(bytes.NewReader(from.content))
	if err != nil {
		reason, line := notYAML(err)
		name := firstOf(from.path, from.name, "The text of the values")
		made := problem("invalid-values", from.path, "%s is not valid: %s.", name, reason)
		if from.path != "" {
			made.Line = lineOf(line)
		}
		return nil, made
	}
	r.layers = append(r.layers, from)
	return read, nil
}

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

// set parses a parameter as --set does. What is wrong with it is said without its text: the
// parser takes a part of a value with a comma in it for a name.
func (r *run) set(values map[string]any, parameter string, forceString bool) error {
	parse := strvals.ParseInto
	if forceString {
		parse = strvals.ParseIntoString
	}
	name, _, _ := strings.Cut(parameter, "=")
	return r.put(values, name, func(into map[string]any) error { return parse(parameter, into) })
}

// put lets a parser set a value, and keeps what it set as a layer of its own.
func (r *run) put(values map[string]any, name string, parse func(into map[string]any) error) error {
	alone := map[string]any{}
	if err := errors.Join(parse(alone), parse(values)); err != nil {
		return notSet(name)
	}
	content, err := json.Marshal(alone)
	r.layers = append(r.layers, layer{content: content})
	return err
}

func notSet(name string) error {
	return about(problem("invalid-values", "", "The parameter %s cannot be parsed; in a value, a comma is written \\, as --set takes it.", name), name)
}

func (r *run) setFile(values map[string]any, one SetFile) error {
	content, err := r.contentOf(one)
	if err != nil {
		return err
	}
	// The parser sees a stand-in for the path, which may have commas of its own.
	reader := func([]rune) (any, error) { return string(content), nil }
	return r.put(values, one.Name, func(into map[string]any) error {
		return strvals.ParseIntoFile(one.Name+"=content", into, reader)
	})
}

// contentOf reads a file of the commit, one of another repository, or one at an address.
func (r *run) contentOf(one SetFile) ([]byte, error) {
	if address.MatchString(one.File) {
		return atAddress(r.commit, one.File)
	}
	at, err := inRepository(one.File)
	if err != nil {
		return nil, err
	}
	disk := r.commit
	if one.Repository != nil {
		if disk, err = r.commit.Other(*one.Repository); err != nil {
			return nil, rendering.ObjectMissing(err).In(one.Repository.Repository)
		}
	}
	content, err := disk.ReadFile("/" + at)
	if err != nil {
		return nil, notRead(err, at)
	}
	return content, nil
}

// at puts a value at a path as Flux does (chartutil.ReplacePathValue of its packages):
// quotes around the value make it a string.
func (r *run) at(values map[string]any, one At) error {
	parse, value := strvals.ParseInto, one.Value
	switch {
	case one.Literal:
		parse = strvals.ParseLiteralInto
	case quoted(value, `'`) || quoted(value, `"`):
		parse, value = strvals.ParseIntoString, strings.Trim(value, `'"`)
	}
	return r.put(values, one.Path, func(into map[string]any) error { return parse(one.Path+"="+value, into) })
}

func quoted(value, mark string) bool {
	return strings.HasPrefix(value, mark) && strings.HasSuffix(value, mark)
}

var notTable = regexp.MustCompile(`type mismatch on ([\w.-]+):`)

// notMerged is the problem of values that helm cannot lay over the chart's. Its own text
// prints the value.
func notMerged(err error) error {
	if match := notTable.FindStringSubmatch(err.Error()); match != nil {
		return about(problem("invalid-values", "", "The value %s belongs to the subchart of that name and has to be a mapping.", match[1]), match[1])
	}
	return fmt.Errorf("values: %w", err)
}
