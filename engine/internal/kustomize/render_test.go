package kustomize

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/filesys"

	"hydrant/engine/internal/redact"
)

// commit makes a repository with one commit; a value that starts with "-> " is a symlink.
func commit(t *testing.T, files map[string]string) (dir, id string) {
	t.Helper()
	dir = t.TempDir()
	for name, content := range files {
		full := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		var err error
		if link, ok := strings.CutPrefix(content, "-> "); ok {
			err = os.Symlink(link, full)
		} else {
			err = os.WriteFile(full, []byte(content), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	git(t, dir, "init", "-q", ".")
	git(t, dir, "add", "-A")
	git(t, dir, "-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-q", "-m", "all")
	return dir, git(t, dir, "rev-parse", "HEAD")
}

// gitPath is looked up before the process is confined.
var gitPath, _ = exec.LookPath("git")

func git(t *testing.T, dir string, args ...string) string {
	t.Helper()
	command := exec.Command(gitPath, args...)
	command.Dir = dir
	out, err := command.Output()
	if err != nil {
		t.Fatalf("git %v: %v", args, err)
	}
	return strings.TrimSpace(string(out))
}

func render(t *testing.T, files map[string]string, path, want string) Reply {
	t.Helper()
	dir, id := commit(t, files)
	renderer := &Renderer{}
	return renderer.Render(Params{GitDir: filepath.Join(dir, ".git"), Commit: id, Path: path, Want: want,
		Redaction: redact.Redaction{Mode: redact.None}})
}

const configMap = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n"

// TestIdenticalToACheckout holds every construct to the library on a real checkout.
func TestIdenticalToACheckout(t *testing.T) {
	deployment := "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: app\nspec:\n  template:\n    spec:\n      containers:\n      - name: app\n        image: app:1\n        env:\n        - name: A\n          value: b\n"
	base := map[string]string{
		"base/kustomization.yaml": "resources: [d.yaml]\ncommonLabels: {app: app}\nconfigMapGenerator:\n- name: c\n  literals: [a=b]\n",
		"base/d.yaml":             deployment,
	}
	cases := map[string]map[string]string{
		"images, replicas, namespace, prefixes": {"o/kustomization.yaml": "namespace: ns\nnamePrefix: p-\nnameSuffix: -s\nresources: [../base]\nimages: [{name: app, newTag: v2}]\nreplicas: [{name: app, count: 3}]\n"},
		"generators that merge":                 {"o/kustomization.yaml": "resources: [../base]\nconfigMapGenerator:\n- name: c\n  behavior: merge\n  literals: [x=y]\n  files: [f.txt]\nsecretGenerator:\n- name: s\n  envs: [e.env]\n", "o/f.txt": "text\r\nwith crlf", "o/e.env": "A=canary-env\n"},
		"binary data":                           {"o/kustomization.yaml": "configMapGenerator:\n- name: b\n  files: [bin]\n", "o/bin": "\xff\xfe\x00x"},
		"patches":                               {"o/kustomization.yaml": "resources: [../base]\npatches:\n- path: p.yaml\n- target: {kind: Deployment}\n  patch: |-\n    - op: add\n      path: /spec/template/spec/containers/0/env/-\n      value: {name: N, value: w}\n", "o/p.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: app}\nspec: {paused: true}\n"},
		"legacy fields":                         {"o/kustomization.yaml": "bases: [../base]\npatchesStrategicMerge: [p.yaml]\npatchesJson6902:\n- target: {group: apps, version: v1, kind: Deployment, name: app}\n  path: j.yaml\nvars:\n- name: V\n  objref: {kind: Deployment, name: app, apiVersion: apps/v1}\n", "o/p.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: app}\nspec: {replicas: 2}\n", "o/j.yaml": "- op: replace\n  path: /spec/replicas\n  value: 4\n"},
		"components":                            {"o/kustomization.yaml": "resources: [../base]\ncomponents: [../c]\n", "c/kustomization.yaml": "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnamespace: from-component\n"},
		"replacements":                          {"o/kustomization.yaml": "resources: [../base]\nreplacements:\n- source: {kind: Deployment, fieldPath: metadata.name}\n  targets:\n  - select: {kind: Deployment}\n    fieldPaths: [spec.template.spec.containers.0.name]\n"},
		"symlinks":                              {"o/kustomization.yaml": "resources: [../link]\n", "link": "-> base"},
		"configurations":                        {"o/kustomization.yaml": "resources: [../base]\nnamePrefix: x-\nconfigurations: [conf.yaml]\n", "o/conf.yaml": "namePrefix:\n- path: spec/template/spec/containers/name\n"},
		"generators and transformers in files":  {"o/kustomization.yaml": "resources: [../base]\ntransformers: [t.yaml]\ngenerators: [g.yaml]\n", "o/t.yaml": "apiVersion: builtin\nkind: LabelTransformer\nmetadata: {name: l}\nlabels: {x: y}\nfieldSpecs: [{path: metadata/labels, create: true}]\n", "o/g.yaml": "apiVersion: builtin\nkind: ConfigMapGenerator\nmetadata: {name: g}\nliterals: [a=b]\n"},
		"an openapi schema":                     {"o/kustomization.yaml": "resources: [r.yaml]\nopenapi: {path: schema.json}\npatches:\n- path: p.yaml\n", "o/r.yaml": thing("a", "1"), "o/p.yaml": thing("b", "2"), "o/schema.json": thingSchema},
		"sort order":                            {"o/kustomization.yaml": "resources: [../base]\nsortOptions: {order: legacy}\n"},
		"build metadata of one's own":           {"o/kustomization.yaml": "resources: [../base]\nbuildMetadata: [managedByLabel]\n"},
	}
	for name, files := range cases {
		t.Run(name, func(t *testing.T) {
			for path, content := range base {
				files[path] = content
			}
			dir, id := commit(t, files)
			onDisk, err := krusty.MakeKustomizer(buildOptions()).Run(filesys.MakeFsOnDisk(), filepath.Join(dir, "o"))
			if err != nil {
				t.Fatal(err)
			}
			wanted, err := onDisk.AsYaml()
			if err != nil {
				t.Fatal(err)
			}
			renderer := &Renderer{}
			for _, want := range []string{"manifests", "origins", "manifests"} {
				reply := renderer.Render(Params{GitDir: filepath.Join(dir, ".git"), Commit: id, Path: "o", Want: want, Redaction: redact.Redaction{Mode: redact.None}})
				if reply.Problem != nil {
					t.Fatal(reply.Problem.Message)
				}
				if want == "manifests" && *reply.Manifests != string(wanted) {
					t.Errorf("got:\n%s\nwant:\n%s", *reply.Manifests, wanted)
				}
				if want == "origins" && len(reply.Origins) != len(reply.Resources) {
					t.Errorf("%d origins for %d resources", len(reply.Origins), len(reply.Resources))
				}
			}
		})
	}
}

func thing(name, value string) string {
	return "apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: t}\nspec:\n  items:\n  - name: " + name + "\n    value: " + value + "\n"
}

const thingSchema = `{"definitions": {"v1.Thing": {"type": "object", "x-kubernetes-group-version-kind": [{"group": "example.com", "version": "v1", "kind": "Thing"}], "properties": {"spec": {"type": "object", "properties": {"items": {"type": "array", "items": {"type": "object"}, "x-kubernetes-patch-strategy": "merge", "x-kubernetes-patch-merge-key": "name"}}}}}}}`

// TestSchemaDoesNotReachTheNextTarget: kustomize keeps the schema of `openapi` globally.
func TestSchemaDoesNotReachTheNextTarget(t *testing.T) {
	files := map[string]string{
		"with/kustomization.yaml":    "resources: [r.yaml]\nopenapi: {path: schema.json}\npatches: [{path: p.yaml}]\n",
		"with/r.yaml":                thing("a", "1"),
		"with/p.yaml":                thing("b", "2"),
		"with/schema.json":           thingSchema,
		"without/kustomization.yaml": "resources: [r.yaml]\npatches: [{path: p.yaml}]\n",
		"without/r.yaml":             thing("a", "1"),
		"without/p.yaml":             thing("b", "2"),
	}
	dir, id := commit(t, files)
	renderer := &Renderer{}
	manifests := func(path string) string {
		reply := renderer.Render(Params{GitDir: filepath.Join(dir, ".git"), Commit: id, Path: path, Want: "manifests"})
		if reply.Problem != nil {
			t.Fatal(reply.Problem.Message)
		}
		return *reply.Manifests
	}
	before := manifests("without")
	if merged := manifests("with"); strings.Count(merged, "name:") != 3 {
		t.Errorf("the schema's merge key was not used:\n%s", merged)
	}
	if after := manifests("without"); after != before {
		t.Errorf("another target's schema was used:\n%s", after)
	}
}

func TestTraceHasWhatWasLookedForInVain(t *testing.T) {
	reply := render(t, map[string]string{"o/kustomization.yaml": "resources: [link/c.yaml]", "o/link": "-> d", "o/d/c.yaml": configMap}, "o", "resources")
	states := map[string]string{}
	for _, entry := range reply.Trace {
		states[entry.Path] = entry.State
	}
	for path, state := range map[string]string{"o/kustomization.yaml": "file", "o/kustomization.yml": "absent", "o/Kustomization": "absent", "o/link": "file", "o/d/c.yaml": "file"} {
		if states[path] != state {
			t.Errorf("%s is %q, want %q", path, states[path], state)
		}
	}
}

func TestCommitThatIsMissing(t *testing.T) {
	dir, _ := commit(t, map[string]string{"a": "b"})
	renderer := &Renderer{}
	reply := renderer.Render(Params{GitDir: filepath.Join(dir, ".git"), Commit: strings.Repeat("1", 40), Path: "o"})
	if reply.Problem == nil || reply.Problem.Kind != "object-missing" {
		t.Errorf("got %+v", reply.Problem)
	}
}
