package kustomize

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/filesys"

	"hydrant/engine/internal/confine"
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

func TestProblems(t *testing.T) {
	confine.Process()
	secretPatch := "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {a: canary-patch}\n"
	cases := []struct {
		name    string
		files   map[string]string
		kind    string
		subject string
		message string
	}{
		{"a missing file", map[string]string{"o/kustomization.yaml": "resources: [gone.yaml]"}, "missing-file", "o/gone.yaml", "o/gone.yaml does not exist."},
		{"a missing base", map[string]string{"o/kustomization.yaml": "resources: [../gone]"}, "missing-file", "gone", "gone does not exist."},
		{"a missing generator file", map[string]string{"o/kustomization.yaml": "configMapGenerator: [{name: c, files: [gone.txt]}]"}, "missing-file", "o/gone.txt", "o/gone.txt does not exist."},
		{"a missing patch", map[string]string{"o/kustomization.yaml": "resources: [c.yaml]\npatches: [{path: gone.yaml}]", "o/c.yaml": configMap}, "missing-file", "o/gone.yaml", "o/gone.yaml does not exist."},
		{"a cyclic base", map[string]string{"o/kustomization.yaml": "resources: [../p]", "p/kustomization.yaml": "resources: [../o]"}, "cycle", "o", "o comes back to itself through its bases, by way of o: a circle."},
		{"a folder without kustomization", map[string]string{"o/kustomization.yaml": "resources: [../p]", "p/c.yaml": configMap}, "no-kustomization", "p", "p has no kustomization.yaml."},
		{"two kustomizations", map[string]string{"o/kustomization.yaml": "", "o/kustomization.yml": ""}, "invalid-kustomization", "", "o has more than one kustomization file; keep one."},
		{"an overlay that is a file", map[string]string{"o": configMap}, "not-a-directory", "o", "o is a file; a folder with a kustomization is wanted."},
		{"an unknown field", map[string]string{"o/kustomization.yaml": "resource: [c.yaml]"}, "invalid-kustomization", "resource", "The kustomization has an unknown field: resource."},
		{"broken YAML", map[string]string{"o/kustomization.yaml": "resources: [c.yaml]", "o/c.yaml": "a: b\n c: [\n"}, "syntax", "", ""},
		{"a broken kustomization", map[string]string{"o/kustomization.yaml": "resources: [\n"}, "syntax", "", ""},
		{"a duplicate", map[string]string{"o/kustomization.yaml": "resources: [a.yaml, b.yaml]", "o/a.yaml": configMap, "o/b.yaml": configMap}, "duplicate-resource", "ConfigMap.v1.[noGrp]/c.[noNs]", "ConfigMap.v1.[noGrp]/c.[noNs] is added twice."},
		{"a resource without kind", map[string]string{"o/kustomization.yaml": "resources: [c.yaml]", "o/c.yaml": "apiVersion: v1\nmetadata: {name: c}\n"}, "invalid-resource", "c.yaml", "c.yaml has an object without kind."},
		{"a resource without name", map[string]string{"o/kustomization.yaml": "resources: [c.yaml]", "o/c.yaml": "apiVersion: v1\nkind: ConfigMap\n"}, "invalid-resource", "c.yaml", "c.yaml has an object without metadata.name."},
		{"a patch that matches nothing", map[string]string{"o/kustomization.yaml": "patches: [{path: p.yaml}]", "o/p.yaml": secretPatch}, "patch-target", "Secret.v1.[noGrp]/s.[noNs]", "A patch is for Secret.v1.[noGrp]/s.[noNs], which is not among the resources."},
		{"a file outside of the root", map[string]string{"o/kustomization.yaml": "resources: [../c.yaml]", "c.yaml": configMap}, "forbidden-path", "c.yaml", "c.yaml is outside of o; kustomize reads files only in or below a kustomization's folder."},
		{"a symlink out of the repository", map[string]string{"o/kustomization.yaml": "resources: [link.yaml]", "o/link.yaml": "-> ../../../../etc/passwd"}, "forbidden-path", "", ""},
		{"a remote base", map[string]string{"o/kustomization.yaml": "resources: ['https://github.com/example/repo//base?ref=v1']"}, "remote", "https://github.com/example/repo//base?ref=v1", "https://github.com/example/repo//base?ref=v1 is remote, and remote resources are not fetched."},
		{"a remote file", map[string]string{"o/kustomization.yaml": "resources: ['https://example.com/a.yaml']"}, "remote", "https://example.com/a.yaml", "https://example.com/a.yaml is remote, and remote resources are not fetched."},
		{"a remote base over ssh", map[string]string{"o/kustomization.yaml": "resources: ['git@github.com:example/repo.git']"}, "remote", "git@github.com:example/repo.git", ""},
		{"a folder that is not there", map[string]string{"p/kustomization.yaml": ""}, "missing-file", "o", "o does not exist."},
	}
	for _, one := range cases {
		t.Run(one.name, func(t *testing.T) {
			reply := render(t, one.files, "o", "resources")
			if reply.Problem == nil {
				t.Fatal("it rendered")
			}
			problem := *reply.Problem
			if problem.Kind != one.kind {
				t.Errorf("kind %s, want %s: %s", problem.Kind, one.kind, problem.Message)
			}
			if one.subject != "" && (problem.Subject == nil || *problem.Subject != one.subject) {
				t.Errorf("subject %v, want %s", problem.Subject, one.subject)
			}
			if one.message != "" && problem.Message != one.message {
				t.Errorf("message %q, want %q", problem.Message, one.message)
			}
			if strings.Contains(problem.Message, "canary-") || strings.Contains(problem.Message, os.TempDir()) {
				t.Errorf("the message tells too much: %s", problem.Message)
			}
			if len(reply.Trace) == 0 {
				t.Error("no trace")
			}
		})
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
