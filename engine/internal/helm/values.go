package helm

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"

	"helm.sh/helm/v4/pkg/chart/v2/loader"
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

var notTable = regexp.MustCompile(`type mismatch on ([\w.-]+):`)

// notMerged is the problem of values that helm cannot lay over the chart's. Its own text
// prints the value.
func notMerged(err error) error {
	if match := notTable.FindStringSubmatch(err.Error()); match != nil {
		return about(problem("invalid-values", "", "The value %s belongs to the subchart of that name and has to be a mapping.", match[1]), match[1])
	}
	return fmt.Errorf("values: %w", err)
}
