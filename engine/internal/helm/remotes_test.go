package helm

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"path"
	"strings"
	"testing"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"hydrant/engine/internal/fixture"
	"hydrant/engine/internal/gitfs"
	"hydrant/engine/internal/remote"
	"hydrant/engine/internal/rendering"
)

// packedCharts has the bytes of all that packedChart makes.
var packedCharts remote.Archives

func packedChart(t *testing.T, files map[string]string) remote.Archive {
	t.Helper()
	packed := pack(t, files)
	packedCharts.Keep(remote.KeepParams{Archives: [][]byte{packed}})
	sum := sha256.Sum256(packed)
	return remote.Archive{Name: "c.tgz", SHA256: hex.EncodeToString(sum[:])}
}

// given is the file system of a chart with what was fetched.
func given(t *testing.T, files map[string]string, inputs *remote.Inputs) *gitfs.FileSystem {
	t.Helper()
	disk := fixture.Disk(t, files)
	inputs.UseArchives(&packedCharts)
	disk.UseRemotes(inputs, &gitfs.Stores{})
	return disk
}

func TestFetchedDependencies(t *testing.T) {
	declared := dependsOn("- {name: sub, version: 1.x, repository: 'https://example.com/charts', condition: sub.enabled}\n")
	lock := map[string]string{"Chart.lock": "dependencies:\n- {name: sub, repository: 'https://example.com/charts', version: 1.2.3}\n"}
	for name, c := range map[string]struct {
		files   map[string]string
		version string
	}{"unlocked": {declared, "1.x"}, "locked": {with(declared, lock), "1.2.3"}} {
		t.Run(name, func(t *testing.T) {
			inputs := &remote.Inputs{}
			problemOf(t, given(t, chartOf(c.files), inputs), app())
			want := remote.Need{Kind: "chart", Repository: "https://example.com/charts", Chart: "sub", Version: c.version, Subject: "sub"}
			if got := inputs.Lacking(); len(got) != 1 || got[0] != want {
				t.Fatalf("got %+v", got)
			}
			inputs.Charts = []remote.Chart{{Repository: want.Repository, Chart: want.Chart, Version: want.Version, Archive: packedChart(t, subchart("sub", subYAML))}}
			if got := data(t, rendered(t, given(t, chartOf(c.files), inputs), app(text("sub: {a: given}")))); got["sub"] != "given" {
				t.Errorf("got %v", got)
			}
			if got := data(t, rendered(t, given(t, chartOf(c.files), inputs), app(text("sub: {enabled: false}")))); len(got) != 0 {
				t.Errorf("got %v", got)
			}
			inputs.Charts[0].Archive = packedChart(t, subchart("other", strings.Replace(subYAML, "name: sub", "name: other", 1)))
			problem := problemOf(t, given(t, chartOf(c.files), inputs), app())
			if problem.Kind != "missing-dependency" || problem.Message != "The chart that https://example.com/charts has as sub is named other." || *problem.Path != "charts/app/Chart.yaml" || *problem.Line != 5 {
				t.Errorf("got %+v", problem)
			}
			inputs.Charts[0].Archive.SHA256 = "00"
			if problem := problemOf(t, given(t, chartOf(c.files), inputs), app()); problem.Kind != "invalid-chart" {
				t.Errorf("got %+v", problem)
			}
		})
	}
}

func TestValuesAtAnAddress(t *testing.T) {
	const url = "https://example.com/values.yaml?a=*"
	files := chartOf(map[string]string{"templates/c.yaml": configMap("c", "a", ".Values.a", "f", ".Values.f")})
	source := app(Layer{File: url}, Layer{SetFile: &SetFile{Name: "f", File: url}})
	inputs := &remote.Inputs{}
	if problem := problemOf(t, given(t, files, inputs), source); problem.Kind != "remote" || len(inputs.Lacking()) != 1 || inputs.Lacking()[0].URL != url {
		t.Fatalf("got %+v %+v", problem, inputs.Lacking())
	}
	inputs.Files = []remote.File{{URL: url, Base64: []byte("a: there")}}
	if got := data(t, rendered(t, given(t, files, inputs), source)); got["a"] != "there" || got["f"] != "a: there" {
		t.Errorf("got %v", got)
	}
	inputs.Files[0].Base64 = []byte("a: b: c")
	if problem := problemOf(t, given(t, files, inputs), source); problem.Message != url+" is not valid: mapping values are not allowed in this context." || problem.Path != nil {
		t.Errorf("got %+v", problem)
	}
}

func TestSchemaAtAnAddress(t *testing.T) {
	const url = "https://example.com/schema.json"
	files := chartOf(map[string]string{"values.schema.json": `{"$ref":"` + url + `#/definitions/x"}`})
	inputs := &remote.Inputs{}
	problemOf(t, given(t, files, inputs), app())
	if got := inputs.Lacking(); len(got) != 1 || got[0].URL != url {
		t.Fatalf("got %+v", got)
	}
	inputs.Files = []remote.File{{URL: url, Base64: []byte(`{"definitions":{"x":{"properties":{"a":{"type":"integer"}}}}}`)}}
	rendered(t, given(t, files, inputs), app(text("a: 1")))
	if problem := problemOf(t, given(t, files, inputs), app(text("a: one"))); problem.Kind != "invalid-values" {
		t.Errorf("got %+v", problem)
	}
}

func TestFetchedHelmCharts(t *testing.T) {
	content := "helmCharts:\n- name: sub\n  repo: oci://example.com/charts\n  version: 1.2.3\n  releaseName: r\n  valuesFile: https://example.com/v.yaml\n  valuesInline: {b: inline}\n"
	inputs := &remote.Inputs{}
	disk := given(t, map[string]string{"o/kustomization.yaml": content}, inputs)
	inflated := func() ([]Inflated, error) {
		_, files, err := RewriteHelmCharts(disk, "o/kustomization.yaml", []byte(content), Around{Origins: true})
		return files, err
	}
	if _, err := inflated(); err == nil {
		t.Fatal("rendered")
	}
	want := remote.Need{Kind: "chart", Repository: "oci://example.com/charts", Chart: "sub", Version: "1.2.3", Subject: "sub"}
	if got := inputs.Lacking(); len(got) != 1 || got[0] != want {
		t.Fatalf("got %+v", got)
	}
	chart := subchart("sub", subYAML)
	chart["sub/templates/conf.yaml"] = configMap("c", "a", ".Values.a", "b", ".Values.b")
	inputs.Charts = []remote.Chart{{Repository: want.Repository, Chart: want.Chart, Version: want.Version, Archive: packedChart(t, chart)}}
	inputs.Files = []remote.File{{URL: "https://example.com/v.yaml", Base64: []byte("a: from afar\n")}}
	for range 2 {
		files, err := inflated()
		if err != nil {
			t.Fatal(err)
		}
		if len(files) != 1 || !strings.Contains(string(files[0].Content), "from afar") || path.Dir(files[0].Path) != "o" {
			t.Fatalf("got %+v", files)
		}
		origin := files[0].Origin
		if origin.Path != nil || *origin.ConfiguredIn != "o/kustomization.yaml" || origin.Remote.Entry != "sub" || origin.Remote.Address != "oci://example.com/charts/sub:1.2.3" {
			t.Errorf("got %+v", origin)
		}
		if _, err := yaml.Parse(string(files[0].Content)); err != nil {
			t.Error(err)
		}
	}
	for _, traced := range disk.Trace() {
		if strings.HasPrefix(traced.Path, "o/charts") && traced.State != "absent" {
			t.Errorf("traced %+v", traced)
		}
	}
	chart["sub/templates/conf.yaml"] = "{{ include \"gone\" . }}"
	inputs.Charts[0].Archive = packedChart(t, chart)
	disk = given(t, map[string]string{"o/kustomization.yaml": content}, inputs)
	_, err := inflated()
	var problem *rendering.Problem
	if !errors.As(err, &problem) || problem.Kind != "template" || *problem.Path != "o/kustomization.yaml" || *problem.Line != 2 {
		t.Errorf("got %+v", err)
	}
}
