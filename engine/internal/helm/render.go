package helm

import (
	"errors"
	"io"
	"log"
	"slices"
	"strings"

	"helm.sh/helm/v4/pkg/chart/common"
	"helm.sh/helm/v4/pkg/chart/common/util"
	chart "helm.sh/helm/v4/pkg/chart/v2"
	chartutil "helm.sh/helm/v4/pkg/chart/v2/util"

	"hydrant/engine/internal/gitfs"
	"hydrant/engine/internal/rendering"
)

func init() {
	// Helm's library logs values that it cannot merge, and a value may be a Secret's.
	log.SetOutput(io.Discard)
}

// run is the rendering of one source.
type run struct {
	// charts are those of the chart's repository.
	*charts
	commit *gitfs.FileSystem
	source Source
	// folder is the chart's, and empty for a packed one.
	folder string
	// files are the target chart's own.
	files []file
	chart *chart.Chart
	// manifest is where the target's Chart.yaml stands.
	manifest place
	layers   []layer
	// whole are the values of the layers that have them in the source, by number.
	whole map[int]map[string]any
	// named are the values' files that are named without a glob, or that a glob already had.
	named map[string]bool
	// values are the final ones.
	values map[string]any
	// calledFail is set when a template has called `fail`.
	calledFail bool
	// noBuild is true where the operator does not build dependencies first: they have to be in charts/.
	noBuild bool
	// absent are the remote dependencies, by the mark on their stand-ins.
	absent map[*common.File]*chart.Dependency
	// marks are put into the templates, where it is not nil.
	marks *marks
}

// Render gives what `helm template` prints, in its order: CRDs where they are asked for,
// manifests in the order in which helm installs them, hooks. An error that lies in
// the target, or in a remote dependency that is not there, is a *rendering.Problem.
// Origins have the lines of fields only where they are asked for: they cost a second rendering.
func Render(disk *gitfs.FileSystem, source Source, origins bool) ([]rendering.Item, error) {
	r := newRun(disk, source)
	documents, err := r.render()
	if err != nil {
		return nil, err
	}
	if origins {
		r.findLines(documents)
	}
	items, err := r.items(documents)
	if repository := source.Chart.Repository; repository != nil {
		for i := range items {
			items[i].Origin = rendering.In(repository.Repository, items[i].Origin)
		}
	}
	return items, err
}

func newRun(disk *gitfs.FileSystem, source Source) *run {
	return &run{charts: newCharts(disk), commit: disk, source: source, whole: map[int]map[string]any{}, absent: map[*common.File]*chart.Dependency{}}
}

func (r *run) render() ([]document, error) {
	if err := chartutil.ValidateReleaseName(r.source.ReleaseName); err != nil {
		return nil, about(problem("invalid-values", "", "The release name %q is not valid: %s.", r.source.ReleaseName, err), r.source.ReleaseName)
	}
	if err := r.load(); err != nil {
		return nil, r.ofChart(err)
	}
	values, err := r.mergedValues()
	if err != nil {
		return nil, err
	}
	context, err := r.context(values)
	if err != nil {
		return nil, r.ofChart(err)
	}
	documents, err := r.documents(context)
	return documents, r.ofChart(err)
}

// ofChart puts a problem of a chart in another repository there, unless it is in a value
// that stands elsewhere.
func (r *run) ofChart(err error) error {
	repository := r.source.Chart.Repository
	var found *rendering.Problem
	if repository == nil || !errors.As(err, &found) {
		return err
	}
	isOfLayer := func(one layer) bool { return one.path != "" && found.Path != nil && one.path == *found.Path }
	if found.Kind == "invalid-values" && (found.Path == nil || slices.ContainsFunc(r.layers, isOfLayer)) {
		return err
	}
	return found.In(repository.Repository)
}

// context is what templates see.
func (r *run) context(values map[string]any) (common.Values, error) {
	capabilities, err := r.capabilities()
	if err != nil {
		return nil, err
	}
	if err := chartutil.ProcessDependencies(r.chart, values); err != nil {
		return nil, notMerged(err)
	}
	if err := r.remoteDependencies(); err != nil {
		return nil, err
	}
	release := common.ReleaseOptions{
		Name: r.source.ReleaseName, Namespace: r.source.Namespace, Revision: 1,
		IsUpgrade: r.source.IsUpgrade, IsInstall: !r.source.IsUpgrade,
	}
	// Schemas are checked below: helm's own check would fetch what they refer to.
	context, err := util.ToRenderValuesWithSchemaValidation(r.chart, values, release, capabilities, true)
	if err != nil {
		return nil, notMerged(err)
	}
	r.values = context["Values"].(common.Values).AsMap()
	if !r.source.SkipSchemaValidation {
		if err := r.checkSchemas(); err != nil {
			return nil, err
		}
	}
	if wanted := r.chart.Metadata.KubeVersion; wanted != "" && !chartutil.IsCompatibleRange(wanted, capabilities.KubeVersion.String()) {
		return nil, problem("invalid-chart", r.manifest.path, "The chart wants Kubernetes %s, and it is rendered for %s.", wanted, capabilities.KubeVersion.Version)
	}
	return context, nil
}

// capabilities are those of a cluster of the wanted version.
func (r *run) capabilities() (*common.Capabilities, error) {
	capabilities := common.DefaultCapabilities.Copy()
	if version := r.source.KubeVersion; version != "" {
		if strings.Count(version, ".") == 1 {
			// Helm takes 1.37 as it is, but clusters have three numbers, and so do charts' constraints.
			version += ".0"
		}
		parsed, err := common.ParseKubeVersion(version)
		if err != nil {
			return nil, about(problem("invalid-values", "", "%q is not a version of Kubernetes.", r.source.KubeVersion), r.source.KubeVersion)
		}
		capabilities.KubeVersion = *parsed
	}
	var err error
	capabilities.APIVersions, err = r.apiVersions(capabilities.APIVersions)
	return capabilities, err
}
