package helm

import (
	"bytes"
	"encoding/json"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write what the shipped schemas say")

// unstable are API versions that are off unless a cluster switches them on: alphas, and the betas
// that came with Kubernetes 1.24 or later. https://kubernetes.io/docs/reference/using-api/
var unstable = regexp.MustCompile(`^[^ ]*v\d+(alpha|beta)\d+ `)

// onAllTheSame is the beta of the schemas' versions that is on: it was on before that rule
// (k8s.io/kubernetes, pkg/controlplane/instance.go, legacyBetaEnabledByDefaultResources).
const onAllTheSame = "flowcontrol.apiserver.k8s.io/v1beta3 "

func TestServedAreTheKindsOfTheShippedSchemas(t *testing.T) {
	files, err := filepath.Glob("../../../schemas/kubernetes/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no schemas: %v", err)
	}
	served := map[string][]string{}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var schemas struct {
			Kinds map[string]string `json:"kinds"`
		}
		if err := json.Unmarshal(content, &schemas); err != nil {
			t.Fatal(err)
		}
		kinds := []string{}
		for _, kind := range slices.Sorted(maps.Keys(schemas.Kinds)) {
			if !unstable.MatchString(kind) || strings.HasPrefix(kind, onAllTheSame) {
				kinds = append(kinds, strings.Replace(kind, " ", "/", 1))
			}
		}
		served[strings.TrimSuffix(filepath.Base(file), ".json")] = kinds
	}
	want, err := json.MarshalIndent(served, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	want = append(want, '\n')
	if *update {
		if err := os.WriteFile("served.json", want, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile("served.json"); err != nil || !bytes.Equal(got, want) {
		t.Error("served.json is not what the schemas say; run: npm run generate:served-apis")
	}
}

func TestServed(t *testing.T) {
	has := func(name string) string { return `.Capabilities.APIVersions.Has "` + name + `"` }
	shown := configMap("c", "kind", has("networking.k8s.io/v1/Ingress"), "core", has("v1/Pod"), "group", has("apps/v1"),
		"old", has("policy/v1beta1"), "kindless", has("networking.k8s.io/v1/Gateway"), "beta", has("storage.k8s.io/v1beta1"),
		"legacy", has("flowcontrol.apiserver.k8s.io/v1beta3"), "given", has("example.com/v1"))
	cases := []struct {
		name   string
		served *Served
		want   string
	}{
		{"as the program by itself knows them", nil, "core=false given=true group=true kind=false kindless=false old=true"},
		{"as a cluster serves them", &Served{Version: "1.31", Only: true}, "beta=false core=true given=true group=true kind=true kindless=false legacy=true old=false"},
		{"of another version", &Served{Version: "1.32", Only: true}, "legacy=false"},
		{"as the program is given them besides", &Served{Version: "1.31"}, "core=true given=true kind=true old=true"},
	}
	for _, one := range cases {
		t.Run(one.name, func(t *testing.T) {
			source := app()
			source.Served, source.APIVersions = one.served, []string{"example.com/v1"}
			got := dataOf(t, map[string]string{"templates/c.yaml": shown}, source)
			for _, want := range strings.Fields(one.want) {
				key, value, _ := strings.Cut(want, "=")
				if got[key] != value {
					t.Errorf("%s is %q, want %q", key, got[key], value)
				}
			}
		})
	}
}
