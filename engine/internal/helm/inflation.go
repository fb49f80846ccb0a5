package helm

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig/v3"
	"sigs.k8s.io/kustomize/api/konfig"
	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"hydrant/engine/internal/gitfs"
	"hydrant/engine/internal/remote"
	"hydrant/engine/internal/rendering"
	"hydrant/engine/internal/tame"
)

// inflation is the rendering of one chart that a kustomization asks for.
type inflation struct {
	disk *gitfs.FileSystem
	// file has the entry; folder is the kustomization's.
	file, folder string
	// home is where charts are, from the folder.
	home  string
	chart types.HelmChart
	// served are the API versions of the cluster, where one is known.
	served *Served
	line   int
	// origins asks for the lines of fields.
	origins bool
}

// fault is a problem of the entry.
func (f inflation) fault(kind, subject, format string, blanks ...any) error {
	made := problem(kind, f.file, format, blanks...)
	made.Line = lineOf(f.line)
	if subject != "" {
		made.Subject = &subject
	}
	return made
}

func (f inflation) render(index int) ([]Inflated, error) {
	source, err := f.source()
	if err != nil {
		return nil, err
	}
	files, err := f.resources(source, index)
	if _, own := f.disk.Real(source.Chart.Path); own {
		return files, err
	}
	return f.fromElsewhere(files), f.problemElsewhere(err, source.Chart.Path)
}

// fromElsewhere are resources of a chart that the commit does not have.
func (f inflation) fromElsewhere(files []Inflated) []Inflated {
	for i := range files {
		files[i].Origin.Path, files[i].Origin.Lines = nil, nil
		files[i].Origin.Remote = &rendering.Remote{Address: f.address(), Entry: f.chart.Name}
	}
	return files
}

// problemElsewhere puts a problem of a chart that the commit does not have at the entry.
func (f inflation) problemElsewhere(err error, at string) error {
	var found *rendering.Problem
	if !errors.As(err, &found) {
		return err
	}
	found.Message = strings.ReplaceAll(found.Message, at+"/", f.address()+"/")
	if found.Path == nil || strings.HasPrefix(*found.Path, at+"/") {
		found.Path, found.Line = &f.file, lineOf(f.line)
	}
	return found
}

// resources renders the chart.
func (f inflation) resources(source Source, index int) ([]Inflated, error) {
	r := newRun(f.disk, source)
	r.noBuild = true
	documents, err := r.render()
	if err != nil {
		return nil, err
	}
	if f.origins {
		r.findLines(documents)
	}
	var files []Inflated
	for _, one := range documents {
		node, err := one.resource()
		if err != nil {
			return nil, r.withLine(err, one)
		}
		if node == nil {
			continue
		}
		// Kustomize leaves the namespace of such resources to helm.
		if err := node.PipeE(yaml.SetAnnotation(konfig.HelmGeneratedAnnotation, "true")); err != nil {
			return nil, notManifest(err, one.at)
		}
		text, err := node.String()
		if err != nil {
			return nil, notManifest(err, one.at)
		}
		generator := generatorKind
		files = append(files, Inflated{
			Path:    path.Join(f.folder, fmt.Sprintf(".hydrant-helm-%d-%d.yaml", index, len(files))),
			Content: []byte(text),
			Origin:  rendering.Origin{Path: &one.at.path, ConfiguredIn: &f.file, Generator: &generator, Lines: one.lines},
		})
	}
	return files, nil
}

// source is the entry as a source of ours.
func (f inflation) source() (Source, error) {
	at, err := f.place()
	if err != nil {
		return Source{}, err
	}
	release, err := f.releaseName()
	if err != nil {
		return Source{}, err
	}
	values, err := f.values(at)
	if err != nil {
		return Source{}, err
	}
	source := Source{
		Chart: ChartPlace{Path: at}, ReleaseName: release, Namespace: firstOf(f.chart.Namespace, "default"), Values: values,
		KubeVersion: f.chart.KubeVersion, APIVersions: f.chart.ApiVersions, Served: f.served,
		IncludeCRDs: f.chart.IncludeCRDs, SkipTests: f.chart.SkipTests,
	}
	if f.chart.SkipHooks {
		source.Hooks = "omit"
	}
	return source, nil
}

// place is the folder of the chart.
func (f inflation) place() (string, error) {
	name := f.chart.Name
	if name == "" {
		return "", f.fault("invalid-kustomization", "", "An entry of helmCharts has no name.")
	}
	home := path.Join(f.folder, firstOf(f.home, types.HelmDefaultHome))
	if path.IsAbs(f.home) || home == ".." || strings.HasPrefix(home, "../") {
		return "", f.fault("forbidden-path", f.home, "The chartHome %s is outside of the repository.", f.home)
	}
	if f.chart.Version != "" && f.chart.Repo != "" {
		home = path.Join(home, name+"-"+f.chart.Version)
	}
	at := path.Join(home, name)
	switch {
	case f.disk.IsDir("/" + at):
		return at, nil
	case f.chart.Repo == "":
		return "", f.fault("missing-file", at, "The kustomization asks for the chart %s, and %s does not exist.", name, at)
	}
	fetched := f.disk.Remotes().Chart(f.chart.Repo, name, f.chart.Version)
	if fetched == nil {
		f.disk.Remotes().Lack(remote.Need{Kind: "chart", Repository: f.chart.Repo, Chart: name, Version: f.chart.Version, Subject: name})
		address := f.address()
		return "", f.fault("remote", address, "%s is remote and not in %s, and remote charts are not fetched.", address, at)
	}
	files, err := filesOf(fetched.Archive, f.disk)
	if err != nil {
		return "", err
	}
	// As if it had been pulled to there.
	for _, one := range files {
		f.disk.AddFile(path.Join(at, one.name), one.data)
	}
	return at, nil
}

// address is how messages name a chart of a repository.
func (f inflation) address() string {
	address := strings.TrimSuffix(f.chart.Repo, "/") + "/" + f.chart.Name
	if f.chart.Version != "" {
		address += ":" + f.chart.Version
	}
	return address
}

// releaseName is the release's. Without one, helm is given another name than it is asked for:
// https://github.com/helm/helm/issues/6019
func (f inflation) releaseName() (string, error) {
	switch {
	case f.chart.NameTemplate == "":
		return firstOf(f.chart.ReleaseName, "release-name"), nil
	case f.chart.ReleaseName != "":
		return "", f.fault("invalid-kustomization", f.chart.Name, "The chart %s has both a releaseName and a nameTemplate; helm takes one.", f.chart.Name)
	}
	parsed, err := template.New("nameTemplate").Funcs(f.nameFunctions()).Parse(f.chart.NameTemplate)
	var name bytes.Buffer
	if err == nil {
		err = parsed.Execute(&name, nil)
	}
	if err != nil {
		return "", f.fault("invalid-kustomization", f.chart.Name, "The nameTemplate of the chart %s cannot be used: %s.", f.chart.Name, err)
	}
	return name.String(), nil
}

// nameFunctions are Sprig's, as helm has them in a name template and nowhere else.
func (f inflation) nameFunctions() template.FuncMap {
	known := tame.Functions(sprig.TxtFuncMap(), newChance(f.chart.Name, f.chart.Namespace))
	known["getHostByName"] = func(string) string { return "" }
	for _, name := range []string{"env", "expandenv"} {
		known[name] = func(string) (string, error) {
			return "", errors.New("the environment of whoever runs helm is not known here")
		}
	}
	return known
}
