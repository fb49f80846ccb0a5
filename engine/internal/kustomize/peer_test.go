package kustomize

import (
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"hydrant/engine/internal/fixture"
)

// TestIdenticalToKustomizeEdit holds edits to what Argo CD does: it runs `kustomize edit`.
func TestIdenticalToKustomizeEdit(t *testing.T) {
	peer, err := filepath.Abs("../../../.cache/peers/kustomize")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(peer); err != nil {
		t.Skip("the kustomize CLI is not built; run: node scripts/build-peers.mjs kustomize")
	}
	base := map[string]string{
		"o/d.yaml": fluxDeployment, "o/p.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: app}\nspec: {paused: true, replicas: 7}\n",
		"x/kustomization.yaml": "resources: [c.yaml]\n", "x/c.yaml": configMap,
		"c/kustomization.yaml": "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\ncommonAnnotations: {c: one}\n",
	}
	kustomizations := []string{
		"resources: [d.yaml]\n",
		"bases: [../x]\nresources: [d.yaml]\nnamePrefix: a-\nnamespace: own\npatchesStrategicMerge: [p.yaml]\nimages: [{name: app, newName: r/app, digest: 'sha256:24a0c4b4a4c0eb97a1aabb8e29f18e917d05abfe1b7a7c07857230879ce7d3d3'}]\nreplicas: [{name: app, count: 2}]\ncommonAnnotations: {q: w}\nlabels: [{pairs: {l: m}},{pairs: {s: t}, includeSelectors: true}]\nconfigMapGenerator: [{name: g, literals: ['a=b c', \"d='x'\"], envs: []}]\ncomponents: [../c]\ngeneratorOptions: {disableNameSuffixHash: true}\n# end\n",
		"resources: [d.yaml, ../x]\ncommonLabels: {a: b}\nvars: [{name: V, objref: {kind: Deployment, name: app, apiVersion: apps/v1}}]\nreplacements: [{source: {kind: Deployment, fieldPath: metadata.name}, targets: [{select: {kind: ConfigMap}, fieldPaths: ['metadata.annotations.x'], options: {create: true}}]}]\nsortOptions: {order: fifo}\n",
	}
	edits := []struct {
		command string
		edits   string
	}{
		{"set nameprefix -- p-; set namesuffix -- -s", `{"namePrefix":"p-","nameSuffix":"-s"}`},
		{"set image app:v9 side=q/side@sha256:24a0c4b4a4c0eb97a1aabb8e29f18e917d05abfe1b7a7c07857230879ce7d3d3", `{"images":[{"name":"app","newTag":"v9"},{"name":"side","newName":"q/side","digest":"sha256:24a0c4b4a4c0eb97a1aabb8e29f18e917d05abfe1b7a7c07857230879ce7d3d3"}]}`},
		{"set image app=*:v9", `{"images":[{"name":"app","newName":"*","newTag":"v9"}]}`},
		{"set replicas app=5", `{"replicas":[{"name":"app","count":5}]}`},
		{"add label --force a:x z:y", `{"labels":[{"pairs":{"a":"x","z":"y"},"includeSelectors":true}]}`},
		{"add label --force --without-selector l:x", `{"labels":[{"pairs":{"l":"x"}}]}`},
		{"add label --force --without-selector --include-templates z:x", `{"labels":[{"pairs":{"z":"x"},"includeTemplates":true}]}`},
		{"add annotation --force q:x n:1", `{"annotations":{"q":"x","n":"1"}}`},
		{"set namespace -- ns", `{"namespace":"ns"}`},
		{"add component ../c", `{"components":["../c"]}`},
	}
	for _, kustomization := range kustomizations {
		for _, one := range edits {
			t.Run(one.command+" on "+kustomization[:20], func(t *testing.T) {
				files := map[string]string{"o/kustomization.yaml": kustomization}
				maps.Copy(files, base)
				dir, disk := fixture.Checkout(t, files)
				folder := filepath.Join(dir, "o")
				for _, command := range strings.Split(one.command, "; ") {
					run := exec.Command(peer, append([]string{"edit"}, strings.Fields(command)...)...)
					run.Dir = folder
					if out, err := run.CombinedOutput(); err != nil {
						t.Fatalf("%v: %s", err, out)
					}
				}
				want, err := exec.Command(peer, "build", folder).Output()
				if err != nil {
					t.Fatal(err)
				}
				var changes Edits
				if err := json.Unmarshal([]byte(one.edits), &changes); err != nil {
					t.Fatal(err)
				}
				items, err := Render(disk, Source{Path: "o", Edits: &changes}, false)
				if err != nil {
					t.Fatal(err)
				}
				if got := manifests(t, items); got != string(want) {
					t.Errorf("got:\n%s\nwant:\n%s", got, want)
				}
			})
		}
	}
}
