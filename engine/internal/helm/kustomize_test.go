package helm

import (
	"errors"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"sigs.k8s.io/kustomize/api/krusty"

	"hydrant/engine/internal/fixture"
	"hydrant/engine/internal/gitfs"
	"hydrant/engine/internal/rendering"
)

// chartedOverlay has a kustomization in o, and a chart in o/charts/app.
func chartedOverlay(kustomization string, files map[string]string) map[string]string {
	all := map[string]string{
		"o/kustomization.yaml":           kustomization,
		"o/charts/app/Chart.yaml":        chartYAML,
		"o/charts/app/values.yaml":       "a: chart\ndeep: {x: 1, z: 2}\nday: 2020-01-02\n",
		"o/charts/app/crds/crd.yaml":     "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: things.example.com}\nspec: {group: example.com}\n",
		"o/charts/app/templates/c.yaml":  configMap("{{ .Release.Name }}", "a", ".Values.a", "deep", "toJson .Values.deep", "namespace", ".Release.Namespace", "kube", ".Capabilities.KubeVersion.Version", "has", `.Capabilities.APIVersions.Has "x/v1"`) + "  raw: yes\n  day: {{ .Values.day }}\n",
		"o/charts/app/templates/s.yaml":  "# A comment.\napiVersion: v1\nkind: Service\nmetadata: {name: s, namespace: {{ .Release.Namespace }}}\nspec: {ports: [{port: 0080}]}\n",
		"o/charts/app/templates/h.yaml":  object("Job", "hook", "helm.sh/hook: pre-install"),
		"o/charts/app/templates/t.yaml":  object("Pod", "test", "helm.sh/hook: test"),
		"o/charts/app/templates/n.yaml":  "{{/* nothing */}}\n# only a comment\n",
		"o/charts/app/templates/ignored": "",
	}
	maps.Copy(all, files)
	return all
}

// inflatedBuild is a build whose charts were rewritten.
func inflatedBuild(t *testing.T, disk *gitfs.FileSystem, inherited string) (string, error) {
	t.Helper()
	content, err := disk.ReadFile("/o/kustomization.yaml")
	if err != nil {
		t.Fatal(err)
	}
	content, files, err := RewriteHelmCharts(disk, "o/kustomization.yaml", content, Around{Inherited: inherited})
	if err != nil {
		return "", err
	}
	view, err := disk.View(gitfs.ViewOptions{})
	if err != nil {
		t.Fatal(err)
	}
	view.AddFile("o/kustomization.yaml", content)
	for _, file := range files {
		view.AddFile(file.Path, file.Content)
	}
	options := krusty.MakeDefaultOptions()
	options.Reorder = krusty.ReorderOptionUnspecified
	resources, err := krusty.MakeKustomizer(options).Run(view, "/o")
	if err != nil {
		t.Fatal(err)
	}
	text, err := resources.AsYaml()
	if err != nil {
		t.Fatal(err)
	}
	return string(text), nil
}

var charted = []struct {
	name          string
	kustomization string
	files         map[string]string
}{
	{"as it is", "helmCharts: [{name: app, releaseName: rel}]\n", nil},
	{"without a release name", "helmCharts: [{name: app}]\n", nil},
	{"a template of a name", "helmCharts: [{name: app, nameTemplate: 'x-{{ \"Y\" | lower }}'}]\n", nil},
	{"a namespace of its own", "namespace: all\nhelmCharts: [{name: app, releaseName: rel, namespace: own}]\n", nil},
	{"the kustomization's namespace", "namespace: all\nnamePrefix: p-\ncommonLabels: {x: z}\nhelmCharts: [{name: app, releaseName: rel}]\n", nil},
	{"CRDs, no hooks", "helmCharts: [{name: app, releaseName: rel, includeCRDs: true, skipHooks: true}]\n", nil},
	{"no tests", "helmCharts: [{name: app, releaseName: rel, skipTests: true}]\n", nil},
	{"capabilities", "helmCharts: [{name: app, releaseName: rel, kubeVersion: 1.31.2, apiVersions: [x/v1], debug: true}]\n", nil},
	{"a values file", "helmCharts: [{name: app, releaseName: rel, valuesFile: v.yaml}]\n", map[string]string{"o/v.yaml": "a: file\n"}},
	{"more values files", "helmCharts: [{name: app, releaseName: rel, valuesFile: v.yaml, additionalValuesFiles: [w.yaml, in/x.yaml]}]\n", map[string]string{"o/v.yaml": "a: file\n", "o/w.yaml": "a: w\ndeep: {x: w}\n", "o/in/x.yaml": "a: x\n"}},
	{"inline values", "helmCharts:\n- name: app\n  releaseName: rel\n  valuesInline: {a: inline, deep: {z: null, w: 3}}\n", nil},
	{"inline values that give way", "helmCharts:\n- name: app\n  releaseName: rel\n  valuesMerge: merge\n  valuesInline: {a: inline, deep: {w: 3}}\n", nil},
	{"inline values alone", "helmCharts:\n- name: app\n  releaseName: rel\n  valuesMerge: replace\n  valuesFile: v.yaml\n  valuesInline: {deep: {w: 3}}\n", map[string]string{"o/v.yaml": "a: file\n"}},
	{"a home of charts", "helmGlobals: {chartHome: .}\nhelmCharts: [{name: third, releaseName: rel}]\nresources: [c.yaml]\n", map[string]string{"o/third/Chart.yaml": chartYAML, "o/third/values.yaml": "", "o/third/templates/p": object("Pod", "p", ""), "o/c.yaml": object("ConfigMap", "c", "")}},
	{"a chart that was pulled", "helmCharts: [{name: app, releaseName: rel, version: 1.0.0, repo: https://example.com}]\n", map[string]string{"o/charts/app-1.0.0/app/Chart.yaml": chartYAML, "o/charts/app-1.0.0/app/values.yaml": "", "o/charts/app-1.0.0/app/templates/p": object("Pod", "pulled", "")}},
	{"two charts and patches", "helmCharts: [{name: app, releaseName: one, skipHooks: true}, {name: app, releaseName: two, skipHooks: true, namespace: other}]\npatches:\n- target: {kind: ConfigMap}\n  patch: |-\n    - {op: add, path: /data/patched, value: x}\nconfigMapGenerator: [{name: gen, literals: [a=b]}]\n", nil},
	{"a chart that renders nothing", "helmCharts: [{name: nothing}]\n", map[string]string{"o/charts/nothing/Chart.yaml": chartYAML, "o/charts/nothing/values.yaml": "a: b"}},
	{"the older field", "helmChartInflationGenerator: [{chartName: app, releaseName: rel, values: v.yaml}]\n", map[string]string{"o/v.yaml": "a: old\n"}},
	{"a generator", "generators: [gen.yaml, other.yaml]\n", map[string]string{"o/gen.yaml": "apiVersion: builtin\nkind: HelmChartInflationGenerator\nmetadata: {name: g}\nname: app\nreleaseName: rel\nvaluesInline: {a: gen}\n", "o/other.yaml": "apiVersion: builtin\nkind: ConfigMapGenerator\nmetadata: {name: made}\nliterals: [a=b]\n"}},
}

// TestSameAsKustomizeWithHelm holds the rewriting to `kustomize build --enable-helm`, byte by byte.
func TestSameAsKustomizeWithHelm(t *testing.T) {
	helm := helmProgram(t)
	kustomize := os.Getenv("KUSTOMIZE")
	if kustomize == "" {
		kustomize = filepath.Join(filepath.Dir(helm), "kustomize")
	}
	if _, err := os.Stat(kustomize); err != nil {
		t.Skip("the kustomize program is not built: node scripts/build-peers.mjs kustomize, or set KUSTOMIZE")
	}
	for _, one := range charted {
		t.Run(one.name, func(t *testing.T) {
			kustomization := one.kustomization
			if !strings.Contains(kustomization, "kubeVersion") {
				// The program's own default is another in a test than outside of one.
				kustomization = strings.ReplaceAll(kustomization, "{name: app, ", "{name: app, kubeVersion: 1.37.0, ")
				kustomization = strings.ReplaceAll(kustomization, "  releaseName: rel\n", "  releaseName: rel\n  kubeVersion: 1.37.0\n")
			}
			dir, disk := fixture.Checkout(t, chartedOverlay(kustomization, one.files))
			command := exec.Command(kustomize, "build", "--enable-helm", "--helm-command", helm, "o")
			command.Dir = dir
			var complaints strings.Builder
			command.Stderr = &complaints
			wanted, err := command.Output()
			if err != nil {
				t.Fatal(err, complaints.String())
			}
			got, err := inflatedBuild(t, disk, "")
			if err != nil {
				t.Fatal(err)
			}
			ours, theirs := withoutDefault(got), withoutDefault(string(wanted))
			if ours != theirs {
				t.Errorf("got:\n%s\nwant:\n%s", ours, theirs)
			}
		})
	}
}

// withoutDefault hides the version that a chart sees where none is given.
func withoutDefault(text string) string {
	return strings.NewReplacer("v1.20.0", "v1.37.0").Replace(text)
}

func TestInflatedOrigins(t *testing.T) {
	disk := fixture.Disk(t, chartedOverlay("helmCharts: [{name: app, skipHooks: true}]\n", nil))
	content, err := disk.ReadFile("/o/kustomization.yaml")
	if err != nil {
		t.Fatal(err)
	}
	_, files, err := RewriteHelmCharts(disk, "o/kustomization.yaml", content, Around{Inherited: "from-above"})
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, file := range files {
		all = append(all, file.Path, *file.Origin.Path, *file.Origin.ConfiguredIn, *file.Origin.Generator)
	}
	want := "o/.hydrant-helm-0-0.yaml o/charts/app/templates/c.yaml o/kustomization.yaml HelmChartInflationGenerator o/.hydrant-helm-0-1.yaml o/charts/app/templates/s.yaml o/kustomization.yaml HelmChartInflationGenerator"
	if got := strings.Join(all, " "); got != want {
		t.Errorf("got %s", got)
	}
	if !strings.Contains(string(files[0].Content), "from-above") {
		t.Errorf("the namespace from above is not used:\n%s", files[0].Content)
	}
}

func TestRewriteLeavesTheRest(t *testing.T) {
	for _, kustomization := range []string{"resources: [a.yaml]\n", "helmCharts: [{nome: app}]\n", "helmCharts: [\n", ""} {
		content, files, err := RewriteHelmCharts(fixture.Disk(t, chartedOverlay(kustomization, nil)), "o/kustomization.yaml", []byte(kustomization), Around{})
		if err != nil || files != nil || string(content) != kustomization {
			t.Errorf("%q became %q, %v", kustomization, content, err)
		}
	}
}

func TestInflationProblems(t *testing.T) {
	cases := []struct {
		name, kustomization string
		files               map[string]string
		kind, subject, path string
		line                int
		message             string
	}{
		{"remote", "helmCharts:\n- name: redis\n  repo: https://example.com/charts\n  version: 1.2.3\n", nil, "remote", "https://example.com/charts/redis:1.2.3", "o/kustomization.yaml", 2,
			"https://example.com/charts/redis:1.2.3 is remote and not in o/charts/redis-1.2.3/redis, and remote charts are not fetched."},
		{"not there", "helmCharts: [{name: gone}]", nil, "missing-file", "o/charts/gone", "o/kustomization.yaml", 1, "The kustomization asks for the chart gone, and o/charts/gone does not exist."},
		{"outside", "helmGlobals: {chartHome: ../../x}\nhelmCharts: [{name: app}]", nil, "forbidden-path", "../../x", "o/kustomization.yaml", 2, ""},
		{"without name", "helmCharts: [{releaseName: x}]", nil, "invalid-kustomization", "", "o/kustomization.yaml", 0, ""},
		{"two names", "helmCharts: [{name: app, releaseName: x, nameTemplate: other}]", nil, "invalid-kustomization", "app", "o/kustomization.yaml", 1, ""},
		{"a name template that is none", "helmCharts: [{name: app, nameTemplate: '{{'}]", nil, "invalid-kustomization", "app", "o/kustomization.yaml", 1, ""},
		{"a strange merge", "helmCharts: [{name: app, valuesMerge: x, valuesInline: {a: b}}]", nil, "invalid-kustomization", "app", "o/kustomization.yaml", 1, "The valuesMerge of the chart app is x; it has to be merge, override or replace."},
		{"values that are not there", "helmCharts: [{name: app, valuesFile: gone.yaml}]", nil, "missing-file", "o/gone.yaml", "", 0, "o/gone.yaml does not exist."},
		{"more values that are not there", "helmCharts: [{name: app, additionalValuesFiles: [gone.yaml]}]", nil, "missing-file", "o/gone.yaml", "", 0, ""},
		{"values from outside of the folder", "helmCharts: [{name: app, valuesFile: ../v.yaml}]", map[string]string{"v.yaml": "a: b"}, "forbidden-path", "v.yaml", "o/kustomization.yaml", 1, ""},
		{"a chart's own values from outside of the folder", "helmGlobals: {chartHome: ../shared}\nhelmCharts: [{name: app}]", map[string]string{"shared/app/Chart.yaml": chartYAML, "shared/app/values.yaml": ""}, "forbidden-path", "shared/app/values.yaml", "o/kustomization.yaml", 2, ""},
		{"remote values", "helmCharts: [{name: app, valuesFile: 'https://example.com/v.yaml'}]", nil, "remote", "https://example.com/v.yaml", "o/kustomization.yaml", 1, ""},
		{"a dependency that nobody builds", "helmCharts: [{name: app}]", map[string]string{"o/charts/app/Chart.yaml": chartYAML + "dependencies:\n- {name: lib, version: 1.0.0, repository: 'file://../lib'}\n"}, "missing-dependency", "lib", "o/charts/app/Chart.yaml", 5, ""},
		{"a template that fails", "helmCharts: [{name: app}]", map[string]string{"o/charts/app/templates/f.yaml": "{{ fail \"no\" }}"}, "template", "", "o/charts/app/templates/f.yaml", 1, "No."},
	}
	for _, one := range cases {
		t.Run(one.name, func(t *testing.T) {
			_, err := inflatedBuild(t, fixture.Disk(t, chartedOverlay(one.kustomization, one.files)), "")
			var found *rendering.Problem
			if !errors.As(err, &found) {
				t.Fatalf("got %v", err)
			}
			if found.Kind != one.kind || pointed(found.Subject) != one.subject || pointed(found.Path) != one.path || pointed(found.Line) != one.line {
				t.Errorf("got %s, subject %q, at %q:%d: %s", found.Kind, pointed(found.Subject), pointed(found.Path), pointed(found.Line), found.Message)
			}
			if one.message != "" && found.Message != one.message {
				t.Errorf("got %q", found.Message)
			}
		})
	}
}

func TestOptionsForCharts(t *testing.T) {
	const kustomization = "helmCharts: [{name: app, releaseName: r, kubeVersion: '1.20', apiVersions: [own/v1]}]\n"
	template := configMap("c", "kube", ".Capabilities.KubeVersion.Version", "own", `.Capabilities.APIVersions.Has "own/v1"`,
		"given", `.Capabilities.APIVersions.Has "given/v1"`, "served", `.Capabilities.APIVersions.Has "apps/v1/Deployment"`)
	for name, test := range map[string]struct {
		charts *Charts
		want   []string
	}{
		"none":            {nil, []string{`kube: "v1.20`, `own: "true"`, `given: "false"`, `served: "false"`}},
		"a version":       {&Charts{KubeVersion: "1.30"}, []string{`kube: "v1.30`, `own: "true"`}},
		"API versions":    {&Charts{APIVersions: []string{"given/v1"}}, []string{`own: "false"`, `given: "true"`}},
		"those of before": {&Charts{Served: &Served{Version: "1.37"}}, []string{`served: "true"`}},
	} {
		t.Run(name, func(t *testing.T) {
			disk := fixture.Disk(t, chartedOverlay(kustomization, map[string]string{"o/charts/app/templates/c.yaml": template}))
			_, files, err := RewriteHelmCharts(disk, "o/kustomization.yaml", []byte(kustomization), Around{Charts: test.charts})
			if err != nil || len(files) == 0 {
				t.Fatal(err, len(files))
			}
			var all string
			for _, one := range files {
				all += string(one.Content)
			}
			for _, want := range test.want {
				if !strings.Contains(all, want) {
					t.Errorf("%s is not in %s", want, all)
				}
			}
		})
	}
}
