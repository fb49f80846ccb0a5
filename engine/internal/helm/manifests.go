package helm

import (
	"context"
	"errors"
	"io"
	"maps"
	"path"
	"slices"
	"strings"

	"helm.sh/helm/v4/pkg/chart/common"
	chart "helm.sh/helm/v4/pkg/chart/v2"
	"helm.sh/helm/v4/pkg/engine"
	release "helm.sh/helm/v4/pkg/release/v1"
	releaseutil "helm.sh/helm/v4/pkg/release/v1/util"
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"hydrant/engine/internal/rendering"
)

// notesName is the template whose text helm prints for people.
const notesName = "NOTES.txt"

// document is one rendered YAML document.
type document struct {
	text string
	at   place
	// lines are only known where they were asked for.
	lines []rendering.Line
}

// documents renders the templates and puts what they give in helm's order.
func (r *run) documents(values common.Values) ([]document, error) {
	files, err := r.templates(values)
	if err != nil {
		return nil, err
	}
	hooks, manifests, err := releaseutil.SortManifests(files.rendered, nil, releaseutil.InstallOrder)
	if err != nil {
		return nil, r.notSorted(err, files)
	}
	var all []document
	if r.source.IncludeCRDs {
		all = r.crds()
	}
	for _, manifest := range manifests {
		all = append(all, document{text: manifest.Content, at: files.places[manifest.Name]})
	}
	for _, hook := range hooks {
		if r.source.Hooks == "omit" || r.source.SkipTests && slices.Contains(hook.Events, release.HookTest) {
			continue
		}
		all = append(all, document{text: hook.Manifest, at: files.places[hook.Path]})
	}
	return all, nil
}

// output is what a chart's templates rendered to.
type output struct {
	rendered map[string]string
	// places are by the engine's names of templates, such as chart/charts/sub/templates/a.yaml.
	places map[string]place
}

// templates executes all templates of the chart and its subcharts.
func (r *run) templates(values common.Values) (output, error) {
	out := output{places: map[string]place{}}
	r.prepare(r.chart, out.places)
	chance := newChance(r.source.ReleaseName, r.source.Namespace)
	// Neither names are looked up nor a cluster is asked.
	own := functions(chance)
	own["fail"] = r.fail
	renderer := engine.Engine{CustomTemplateFuncs: own}
	var err error
	out.rendered, err = renderer.RenderWithContext(context.Background(), r.chart, values)
	if err != nil {
		return out, r.notRendered(err, out.places, chance.Template)
	}
	for name := range out.rendered {
		if strings.HasSuffix(name, notesName) {
			delete(out.rendered, name)
		}
	}
	if r.marks != nil {
		r.marks.rendered, r.marks.places = maps.Clone(out.rendered), out.places
	}
	return out, nil
}

// prepare notes where the templates stand, and lets each say when it begins. Charts that
// helm copied for an alias share their files, which are therefore not changed in place.
func (r *run) prepare(prepared *chart.Chart, places map[string]place) {
	own := map[string]place{}
	for _, raw := range prepared.Raw {
		own[raw.Name] = r.places[raw]
	}
	templates := make([]*common.File, len(prepared.Templates))
	for i, template := range prepared.Templates {
		places[path.Join(prepared.ChartFullPath(), template.Name)] = own[template.Name]
		data := template.Data
		if r.marks != nil {
			data = r.marks.mark(own[template.Name], template.Name, data)
		}
		templates[i] = &common.File{Name: template.Name, Data: append([]byte(enter), data...)}
	}
	prepared.Templates = templates
	for _, subchart := range prepared.Dependencies() {
		r.prepare(subchart, places)
	}
}

// crds are what stands in crds/ of the chart and its subcharts, which helm prints as it is.
func (r *run) crds() []document {
	var all []document
	for _, crd := range r.chart.CRDObjects() {
		parts := releaseutil.SplitManifests(string(crd.File.Data))
		for _, key := range inOrder(parts) {
			all = append(all, document{text: parts[key], at: r.crdPlace(r.chart, crd)})
		}
	}
	return all
}

func inOrder(documents map[string]string) []string {
	keys := make([]string, 0, len(documents))
	for key := range documents {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b string) int {
		if (releaseutil.BySplitManifestsOrder{a, b}).Less(0, 1) {
			return -1
		}
		return 1
	})
	return keys
}

// crdPlace finds a CRD's file by the identity that helm keeps of it.
func (r *run) crdPlace(from *chart.Chart, crd chart.CRD) place {
	if slices.Contains(from.Files, crd.File) {
		return r.placeOf(from, crd.Name)
	}
	for _, subchart := range from.Dependencies() {
		if at := r.crdPlace(subchart, crd); at != (place{}) {
			return at
		}
	}
	return place{}
}

// items are the documents that have content, as resources.
func (r *run) items(documents []document) ([]rendering.Item, error) {
	items := make([]rendering.Item, 0, len(documents))
	for _, one := range documents {
		node, err := one.resource()
		if err != nil {
			return nil, r.withLine(err, one)
		}
		if node == nil {
			continue
		}
		if err := asServerReads(node.YNode()); err != nil {
			return nil, notManifest(err, one.at)
		}
		item := rendering.Item{Node: node, Origin: rendering.Origin{Lines: one.lines}}
		if one.at.path != "" {
			item.Origin.Path = &one.at.path
		}
		if r.manifest.path != "" {
			item.Origin.ConfiguredIn = &r.manifest.path
		}
		items = append(items, item)
	}
	return items, nil
}

// resource is what the document has, or nil where it has only comments.
func (d document) resource() (*yaml.RNode, error) {
	node, err := yaml.Parse(d.text)
	if errors.Is(err, io.EOF) || err == nil && node.IsNil() {
		return nil, nil
	}
	if err != nil {
		return nil, notManifest(err, d.at)
	}
	for _, wanted := range []string{"kind", "apiVersion"} {
		if _, value := field(node.YNode(), wanted); value == nil || value.Value == "" {
			return nil, problem("invalid-resource", d.at.path, "%s gives an object without %s.", d.at, wanted)
		}
	}
	return node, nil
}

// notManifest is the problem of a template that renders to something else than a resource.
func notManifest(err error, at place) error {
	reason, line := notYAML(err)
	if strings.Contains(err.Error(), "json: ") {
		return problem("invalid-resource", at.path, "%s gives no resource: %s.", at, reason)
	}
	if line > 0 {
		return problem("syntax", at.path, "%s gives text that is not YAML: %s (line %d of the document).", at, reason, line)
	}
	return problem("syntax", at.path, "%s gives text that is not YAML: %s.", at, reason)
}

// notSorted is the problem of rendered text in which helm finds no resource.
func (r *run) notSorted(err error, o output) error {
	rest, _ := strings.CutPrefix(err.Error(), "YAML parse error on ")
	name, _, _ := strings.Cut(rest, ": ")
	at, ok := o.places[name]
	if !ok {
		return problem("syntax", "", "A template gives text that is not YAML.")
	}
	made := notManifest(errors.Unwrap(err), at)
	parts := releaseutil.SplitManifests(o.rendered[name])
	for _, key := range inOrder(parts) {
		if _, err := yaml.Parse(parts[key]); err != nil && !errors.Is(err, io.EOF) {
			return r.withLine(made, document{text: parts[key], at: at})
		}
	}
	return made
}

// withLine puts the problem of a document that is no YAML at the template's line that makes it so.
func (r *run) withLine(err error, broken document) error {
	var made *rendering.Problem
	if r.marks != nil || !errors.As(err, &made) || made.Kind != "syntax" {
		return err
	}
	if one, ok := r.brokenLine(broken.at, broken.text); ok {
		made.Path, made.Line = &one.path, &one.line
	}
	return made
}
