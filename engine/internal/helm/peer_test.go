package helm

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	releaseutil "helm.sh/helm/v4/pkg/release/v1/util"
	kubernetes "sigs.k8s.io/yaml"

	"hydrant/engine/internal/fixture"
	"hydrant/engine/internal/rendering"
)

// TestSameAsHelm holds the rendering to the real program: the same objects in the same order.
func TestSameAsHelm(t *testing.T) {
	helm := helmProgram(t)
	cases := []struct {
		name   string
		flags  []string
		source func(*Source)
	}{
		{"defaults", nil, func(*Source) {}},
		{"values of an environment", []string{"-f", "shop/env/prod.yaml"}, func(s *Source) { s.Values = []Layer{{File: "shop/env/prod.yaml"}} }},
		{"CRDs", []string{"--include-crds"}, func(s *Source) { s.IncludeCRDs = true }},
		{"no tests", []string{"--skip-tests"}, func(s *Source) { s.SkipTests = true }},
		{"no hooks", []string{"--no-hooks"}, func(s *Source) { s.Hooks = "omit" }},
		{"an upgrade", []string{"--is-upgrade"}, func(s *Source) { s.IsUpgrade = true }},
		{"API versions", []string{"--api-versions", "argoproj.io/v1alpha1"}, func(s *Source) { s.APIVersions = []string{"argoproj.io/v1alpha1"} }},
		{"parameters", []string{"--set", "replicas=4,env.A=1,env.B=null", "--set-string", "env.C=007", "--set-file", "extra=shop/data/a.yaml"}, func(s *Source) {
			s.Values = []Layer{set("replicas=4,env.A=1,env.B=null"), {Set: ptr("env.C=007"), ForceString: true}, {SetFile: &SetFile{Name: "extra", File: "shop/data/a.yaml"}}}
		}},
		{"subcharts off and on", []string{"--set", "sessions.enabled=false,tags.optional=false,global.region=eu"}, func(s *Source) {
			s.Values = []Layer{set("sessions.enabled=false,tags.optional=false,global.region=eu")}
		}},
	}
	files := testdata(t)
	dir, disk := fixture.Checkout(t, files)
	// Operators build dependencies before they render; a file:// one needs no network.
	program(t, helm, dir, "dependency", "build", "shop", "--skip-refresh")
	// Building takes away what Chart.yaml does not declare.
	if err := os.WriteFile(filepath.Join(dir, packedQueue), []byte(files[packedQueue]), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, one := range cases {
		t.Run(one.name, func(t *testing.T) {
			source := Source{Chart: ChartPlace{Path: "shop"}, ReleaseName: "rel", Namespace: "ns", KubeVersion: "1.37"}
			one.source(&source)
			flags := append([]string{"template", "rel", "shop", "--namespace", "ns", "--kube-version", "1.37.0"}, one.flags...)
			same(t, rendered(t, disk, source), program(t, helm, dir, flags...))
		})
	}
}

// helmProgram is the peer that scripts/build-peers.mjs builds.
func helmProgram(t *testing.T) string {
	t.Helper()
	path := os.Getenv("HELM")
	if path == "" {
		path = "../../../.cache/peers/helm"
	}
	path, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Skip("the helm program is not built: node scripts/build-peers.mjs helm, or set HELM")
	}
	return path
}

func program(t *testing.T, path, dir string, arguments ...string) []byte {
	t.Helper()
	command := exec.Command(path, arguments...)
	command.Dir = dir
	home := t.TempDir()
	command.Env = []string{"HOME=" + home, "HELM_CACHE_HOME=" + home, "HELM_CONFIG_HOME=" + home, "HELM_DATA_HOME=" + home}
	var complaints bytes.Buffer
	command.Stderr = &complaints
	out, err := command.Output()
	if err != nil {
		t.Fatalf("helm %v: %v\n%s", arguments, err, complaints.String())
	}
	return out
}

const packedQueue = "shop/charts/queue-0.1.0.tgz"

// testdata has the files of testdata/, and a packed subchart.
func testdata(t *testing.T) map[string]string {
	t.Helper()
	queue := map[string]string{"queue/Chart.yaml": "apiVersion: v2\nname: queue\nversion: 0.1.0\n", "queue/templates/q.yaml": configMap("queue", "name", ".Release.Name")}
	files := map[string]string{packedQueue: string(pack(t, queue))}
	err := filepath.WalkDir("testdata", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(name)
		below, _ := filepath.Rel("testdata", name)
		files[filepath.ToSlash(below)] = string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// same compares what a client of the API server would send.
func same(t *testing.T, items []rendering.Item, printed []byte) {
	t.Helper()
	want := objects(t, printed)
	var got []string
	for _, item := range items {
		object, err := item.Node.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, canonical(t, object))
	}
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || got[i] != want[i] {
			t.Fatalf("%d objects, helm has %d; the first difference is at %d:\ngot  %s\nwant %s", len(got), len(want), i, at(got, i), at(want, i))
		}
	}
}

func objects(t *testing.T, printed []byte) []string {
	t.Helper()
	var all []string
	documents := releaseutil.SplitManifests(string(printed))
	for _, key := range inOrder(documents) {
		object, err := kubernetes.YAMLToJSON([]byte(documents[key]))
		if err != nil {
			t.Fatal(err)
		}
		if text := canonical(t, object); text != "null" {
			all = append(all, text)
		}
	}
	return all
}

func canonical(t *testing.T, object []byte) string {
	t.Helper()
	var value any
	if err := json.Unmarshal(object, &value); err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func at(all []string, i int) string {
	if i < len(all) {
		return all[i]
	}
	return "nothing"
}
