package helm

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/Masterminds/semver/v3"
	"helm.sh/helm/v4/pkg/chart/common"
	chart "helm.sh/helm/v4/pkg/chart/v2"
	chartutil "helm.sh/helm/v4/pkg/chart/v2/util"

	"hydrant/engine/internal/remote"
	"hydrant/engine/internal/rendering"
)

// completeDependencies adds what the chart declares and charts/ lacks: from the tree for
// file://, as `helm dependency build` does before an operator renders. A remote one gets a
// stand-in, because its own values may still switch it off. As in helm, only the target's
// own dependencies have to be there: a subchart renders without those that it lacks.
func (r *run) completeDependencies() error {
	vendored := r.chart.Dependencies()
	added := slices.Clone(vendored)
	for _, wanted := range r.chart.Metadata.Dependencies {
		// By name alone, whatever the version: so does helm.
		if slices.ContainsFunc(vendored, func(there *chart.Chart) bool { return there.Name() == wanted.Name }) {
			continue
		}
		found, err := r.dependency(wanted)
		if err != nil {
			return err
		}
		added = append(added, found)
	}
	// An order that does not depend on how a subchart comes into charts/.
	slices.SortStableFunc(added, func(a, b *chart.Chart) int { return strings.Compare(a.Name(), b.Name()) })
	r.chart.SetDependencies(added...)
	return nil
}

func (r *run) dependency(wanted *chart.Dependency) (*chart.Chart, error) {
	repository := wanted.Repository
	switch {
	case strings.HasPrefix(repository, "file://") && r.folder != "" && !r.noBuild:
		return r.local(wanted)
	case repository == "" || strings.HasPrefix(repository, "file://") || r.source.Chart.Archive != nil || r.noBuild:
		return nil, r.missing(wanted, "%s is declared in Chart.yaml and missing in charts/.", wanted.Name)
	default:
		fetched := r.disk.Remotes().Chart(repository, wanted.Name, r.lockedVersion(wanted))
		if fetched == nil {
			return r.emptyChart(wanted), nil
		}
		return r.fetched(wanted, *fetched)
	}
}

// fetched loads a dependency that was fetched.
func (r *run) fetched(wanted *chart.Dependency, from remote.Chart) (*chart.Chart, error) {
	files, err := filesOf(from.Archive, r.disk)
	if err != nil {
		return nil, err
	}
	found, err := r.charts.build(files)
	if err != nil {
		return nil, err
	}
	if found.Name() != wanted.Name {
		return nil, r.missing(wanted, "The chart that %s has as %s is named %s.", from.Repository, wanted.Name, found.Name())
	}
	return found, nil
}

// local loads a dependency of a file:// repository, whose path starts at the chart.
func (r *run) local(wanted *chart.Dependency) (*chart.Chart, error) {
	name := strings.TrimPrefix(wanted.Repository, "file://")
	at := path.Join(r.folder, name)
	if path.IsAbs(name) || at == ".." || strings.HasPrefix(at, "../") {
		made := problem("forbidden-path", "", "The dependency %s is at %s, outside of the repository.", wanted.Name, wanted.Repository)
		return nil, r.declared(wanted, about(made, wanted.Repository))
	}
	if !r.disk.IsDir("/" + at) {
		return nil, r.missing(wanted, "The dependency %s is to be in %s, which is not a folder of the repository.", wanted.Name, at)
	}
	found, err := r.charts.folder(at)
	if err != nil {
		return nil, err
	}
	if found.Name() != wanted.Name {
		return nil, r.missing(wanted, "The chart in %s is named %s, and %s is wanted.", at, found.Name(), wanted.Name)
	}
	if !chartutil.IsCompatibleRange(wanted.Version, found.Metadata.Version) {
		return nil, r.missing(wanted, "The chart in %s has version %s, and %s is wanted.", at, found.Metadata.Version, wanted.Version)
	}
	return found, nil
}

func (r *run) missing(wanted *chart.Dependency, format string, blanks ...any) error {
	return r.declared(wanted, about(problem("missing-dependency", "", format, blanks...), wanted.Name))
}

// declared puts a problem where a dependency is declared: in Chart.yaml, or in the
// requirements.yaml of old charts.
func (r *run) declared(wanted *chart.Dependency, made *rendering.Problem) *rendering.Problem {
	if r.manifest.path == "" {
		return made
	}
	made.Path = &r.manifest.path
	for _, f := range r.files {
		if f.place.within != "" || f.name != "Chart.yaml" && f.name != "requirements.yaml" {
			continue
		}
		if line := lineOfItem(f.data, "dependencies", "name", wanted.Name); line > 0 {
			made.Path, made.Line = &f.place.path, &line
		}
	}
	return made
}

// emptyChart takes the place of a remote dependency until its condition and tags are known.
func (r *run) emptyChart(wanted *chart.Dependency) *chart.Chart {
	mark := &common.File{Name: wanted.Name}
	copied := *wanted
	copied.Version = r.lockedVersion(wanted)
	r.absent[mark] = &copied
	return &chart.Chart{
		Raw:      []*common.File{mark},
		Metadata: &chart.Metadata{APIVersion: chart.APIVersionV2, Name: wanted.Name, Version: within(wanted.Version, copied.Version)},
	}
}

// lockedVersion is the version in Chart.lock, or else what Chart.yaml asks for.
func (r *run) lockedVersion(wanted *chart.Dependency) string {
	if r.chart.Lock != nil {
		for _, locked := range r.chart.Lock.Dependencies {
			if locked.Name == wanted.Name && locked.Repository == wanted.Repository {
				return locked.Version
			}
		}
	}
	return wanted.Version
}

var number = regexp.MustCompile(`\d+(\.\d+)*`)

// within is a version that satisfies a constraint. A wrong one is harmless: helm then takes
// the stand-in for a chart without condition, and it stays.
func within(constraint, locked string) string {
	for _, version := range []string{locked, number.FindString(constraint)} {
		if _, err := semver.NewVersion(version); err == nil && chartutil.IsCompatibleRange(constraint, version) {
			return version
		}
	}
	return "0.0.0"
}

// remoteDependencies are those whose stand-ins are still there after conditions and tags.
func (r *run) remoteDependencies() error {
	var addresses []string
	var first *chart.Dependency
	for _, there := range r.chart.Dependencies() {
		if len(there.Raw) == 0 {
			continue
		}
		if wanted := r.absent[there.Raw[0]]; wanted != nil {
			r.disk.Remotes().Lack(remote.Need{Kind: "chart", Repository: wanted.Repository, Chart: wanted.Name, Version: wanted.Version, Subject: wanted.Name})
			addresses = append(addresses, strings.TrimSuffix(wanted.Repository, "/")+"/"+wanted.Name+":"+wanted.Version)
			if first == nil {
				first = wanted
			}
		}
	}
	if addresses == nil {
		return nil
	}
	verb := " is remote"
	if len(addresses) > 1 {
		verb = " are remote"
	}
	made := problem("remote", "", "%s%s and missing in charts/, and remote charts are not fetched.", strings.Join(addresses, ", "), verb)
	return r.declared(first, about(made, addresses[0]))
}
