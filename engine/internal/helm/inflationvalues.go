package helm

import (
	"fmt"
	"path"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
	"sigs.k8s.io/kustomize/kyaml/yaml/merge2"
)

// values are the chart's own values again, or a file instead of them, with the inline ones
// and more files.
func (f inflation) values(chart string) ([]Layer, error) {
	file := path.Join(chart, "values.yaml")
	if f.chart.ValuesFile != "" {
		file = path.Join(f.folder, f.chart.ValuesFile)
	}
	first := Layer{File: file}
	if address.MatchString(f.chart.ValuesFile) {
		first.File = f.chart.ValuesFile
	}
	if len(f.chart.ValuesInline) > 0 {
		merged, err := f.merged(file)
		if err != nil {
			return nil, err
		}
		first = Layer{Text: &merged}
	} else if _, err := f.loaded(file, f.chart.ValuesFile); err != nil {
		return nil, err
	}
	layers := []Layer{first}
	for _, name := range f.chart.AdditionalValuesFiles {
		if address.MatchString(name) {
			return nil, f.fault("invalid-kustomization", name, "The additionalValuesFiles of the chart %s have %s; kustomize takes an address for valuesFile alone.", f.chart.Name, name)
		}
		more := path.Join(f.folder, name)
		if _, err := f.loaded(more, name); err != nil {
			return nil, err
		}
		layers = append(layers, Layer{File: more})
	}
	return layers, nil
}

// merged are the inline values, laid over or under a file's.
func (f inflation) merged(file string) (string, error) {
	inline, err := yaml.FromMap(f.chart.ValuesInline)
	if err != nil {
		return "", fmt.Errorf("valuesInline: %w", err)
	}
	mode := firstOf(f.chart.ValuesMerge, "override")
	if mode == "replace" {
		return inline.String()
	}
	content, err := f.loaded(file, f.chart.ValuesFile)
	if err != nil {
		return "", err
	}
	own, err := yaml.Parse(string(content))
	if err != nil {
		reason, line := notYAML(err)
		made := problem("invalid-values", file, "%s is not valid: %s.", file, reason)
		made.Line = lineOf(line)
		return "", made
	}
	switch mode {
	case "override":
		own, err = merge2.Merge(inline, own, yaml.MergeOptions{})
	case "merge":
		own, err = merge2.Merge(own, inline, yaml.MergeOptions{})
	default:
		return "", f.fault("invalid-kustomization", f.chart.Name, "The valuesMerge of the chart %s is %s; it has to be merge, override or replace.", f.chart.Name, mode)
	}
	if err != nil {
		return "", f.fault("invalid-values", f.chart.Name, "The values of the chart %s cannot be merged.", f.chart.Name)
	}
	return own.String()
}

// loaded reads a file as kustomize does: only in or below the kustomization's folder.
func (f inflation) loaded(at, asked string) ([]byte, error) {
	if address.MatchString(asked) {
		content, err := atAddress(f.disk, asked)
		if err != nil {
			return nil, f.fault("remote", asked, "%s is remote, and remote values are not fetched.", asked)
		}
		return content, nil
	}
	folder, base, err := f.disk.CleanedAbs("/" + at)
	if err != nil {
		return nil, notRead(err, at)
	}
	real := strings.TrimPrefix(path.Join(string(folder), base), "/")
	if f.folder != "." && !strings.HasPrefix(real, f.folder+"/") {
		return nil, f.fault("forbidden-path", real, "%s is outside of %s; kustomize reads files only in or below a kustomization's folder.", real, f.folder)
	}
	content, err := f.disk.ReadFile("/" + at)
	if err != nil {
		return nil, notRead(err, at)
	}
	return content, nil
}
