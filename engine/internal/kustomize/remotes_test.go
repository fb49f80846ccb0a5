package kustomize

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"hydrant/engine/internal/confine"
	"hydrant/engine/internal/fixture"
	"hydrant/engine/internal/gitfs"
	"hydrant/engine/internal/remote"
	"hydrant/engine/internal/rendering"
)

// withInputs renders the folder `o` with what was fetched, and tells what is lacking.
func withInputs(t *testing.T, files map[string]string, inputs remote.Inputs) ([]rendering.Item, *gitfs.FileSystem, *Problem) {
	t.Helper()
	confine.Process()
	disk := fixture.Disk(t, files)
	disk.UseRemotes(&inputs, &gitfs.Stores{})
	items, err := Render(disk, Source{Path: "o"}, true)
	var problem *Problem
	if err != nil && !errors.As(err, &problem) {
		t.Fatalf("not a problem: %v", err)
	}
	return items, disk, problem
}

func repository(t *testing.T, address, ref string, files map[string]string) remote.Repository {
	t.Helper()
	dir, id := fixture.Commit(t, files)
	return remote.Repository{OtherCommit: remote.OtherCommit{Repository: address, GitDir: filepath.Join(dir, ".git"), Commit: id}, Ref: ref}
}

func named(name string) string { return strings.Replace(configMap, "name: c", "name: "+name, 1) }

// origins says name: path, configuredIn, address and entry of each item.
func origins(items []rendering.Item) string {
	var lines []string
	for _, item := range items {
		text := func(value *string) string {
			if value == nil {
				return "-"
			}
			return *value
		}
		line := item.Node.GetName() + " " + text(item.Origin.Path) + " " + text(item.Origin.ConfiguredIn)
		if at := item.Origin.Remote; at != nil {
			line += " " + at.Address + " " + at.Entry
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

const (
	deployed = "https://example.com/deployed.yaml"
	raw      = "https://raw.githubusercontent.com/acme/base/main/deep/raw.yaml"
	patch    = "https://example.com/patch"
)

func TestFilesAtAddresses(t *testing.T) {
	files := map[string]string{
		"o/kustomization.yaml":    "resources: [../base, own.yaml, '" + raw + "']\nnamePrefix: p-\npatches: [{path: '" + patch + "'}]\n",
		"o/own.yaml":              named("own"),
		"base/kustomization.yaml": "resources: ['" + deployed + "']\n",
	}
	inputs := remote.Inputs{}
	_, _, problem := withInputs(t, files, inputs)
	if problem == nil || problem.Kind != "remote" || *problem.Subject != deployed {
		t.Fatalf("got %+v", problem)
	}
	inputs.Files = []remote.File{
		{URL: deployed, Base64: []byte(named("deployed"))},
		{URL: raw, Base64: []byte(named("raw"))},
		{URL: patch, Base64: []byte(named("own") + "data: {a: patched}\n")},
	}
	items, disk, problem := withInputs(t, files, inputs)
	if problem != nil {
		t.Fatal(problem.Message)
	}
	want := "p-deployed - base/kustomization.yaml " + deployed + " " + deployed + "\n" +
		"p-own o/own.yaml -\n" +
		"p-raw - o/kustomization.yaml " + raw + " " + raw
	if got := origins(items); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if text := manifests(t, items); !strings.Contains(text, "a: patched") {
		t.Errorf("got\n%s", text)
	}
	for _, entry := range disk.Trace() {
		if strings.Contains(entry.Path, "http") {
			t.Errorf("traced %s", entry.Path)
		}
	}
}

func TestWhatIsLacking(t *testing.T) {
	page := "https://git.example.com/acme/base"
	files := map[string]string{
		"o/kustomization.yaml": "resources: ['" + deployed + "', '" + page + "', 'github.com/acme/base//x?ref=v1', 'git@github.com:acme/other.git']\ncomponents: ['https://github.com/acme/base/y?ref=v2']\n",
	}
	inputs := remote.Inputs{}
	disk := fixture.Disk(t, files)
	disk.UseRemotes(&inputs, &gitfs.Stores{})
	if _, err := Render(disk, Source{Path: "o"}, false); err == nil {
		t.Fatal("rendered")
	}
	want := []remote.Need{
		{Kind: "file", URL: deployed, Subject: deployed},
		{Kind: "file", URL: page, OrRepository: true, Subject: page},
		{Kind: "repository", Repository: "https://github.com/acme/base", Ref: "v1", Subject: "github.com/acme/base//x?ref=v1"},
		{Kind: "repository", Repository: "git@github.com:acme/other.git", Subject: "git@github.com:acme/other.git"},
		{Kind: "repository", Repository: "https://github.com/acme/base", Ref: "v2", Subject: "https://github.com/acme/base/y?ref=v2"},
	}
	got := inputs.Lacking()
	if len(got) != len(want) {
		t.Fatalf("got %+v", got)
	}
	for i, need := range want {
		if got[i] != need {
			t.Errorf("got %+v, want %+v", got[i], need)
		}
	}
	inputs = remote.Inputs{Files: []remote.File{{URL: page, None: true}}}
	disk.UseRemotes(&inputs, &gitfs.Stores{})
	_, _ = Render(disk, Source{Path: "o"}, false)
	if need := (remote.Need{Kind: "repository", Repository: page, Subject: page}); inputs.Lacking()[1] != need {
		t.Errorf("got %+v", inputs.Lacking())
	}
}

func TestBasesInRepositories(t *testing.T) {
	const base = "https://github.com/acme/base"
	inputs := remote.Inputs{Repositories: []remote.Repository{
		repository(t, base, "v1", map[string]string{
			"prod/kustomization.yaml":   "resources: [../common, '" + deployed + "', 'github.com/acme/more?ref=v2']\nconfigMapGenerator: [{name: made, literals: [a=b]}]\n",
			"common/kustomization.yaml": "resources: [c.yaml]\n", "common/c.yaml": named("common"),
		}),
		repository(t, "https://github.com/acme/more", "v2", map[string]string{"kustomization.yaml": "resources: [m.yaml]\nnamespace: more\n", "m.yaml": named("more")}),
		repository(t, base, "v2", map[string]string{"kustomization.yaml": "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnameSuffix: -s\n"}),
	}, Files: []remote.File{{URL: deployed, Base64: []byte(named("deployed"))}}}
	files := map[string]string{
		"o/kustomization.yaml": "resources:\n- own.yaml\n- github.com/acme/base//prod?ref=v1\ncomponents:\n- https://github.com/acme/base.git?ref=v2\n",
		"o/own.yaml":           named("own"),
	}
	inputs.Repositories[2].Repository = base + ".git"
	items, disk, problem := withInputs(t, files, inputs)
	if problem != nil {
		t.Fatal(problem.Message)
	}
	entry := " github.com/acme/base//prod?ref=v1"
	want := "more-s - o/kustomization.yaml https://github.com/acme/more//m.yaml" + entry + "\n" +
		"common-s - o/kustomization.yaml " + base + "//common/c.yaml" + entry + "\n" +
		"deployed-s - o/kustomization.yaml " + deployed + entry + "\n" +
		"made-s-4h2mbtbbt6 - o/kustomization.yaml " + base + "//prod/kustomization.yaml" + entry + "\n" +
		"own-s o/own.yaml -"
	if got := origins(items); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for _, traced := range disk.Trace() {
		if !strings.HasPrefix(traced.Path, "o") {
			t.Errorf("traced %+v", traced)
		}
	}
}

func TestProblemsInRepositories(t *testing.T) {
	const base = "https://github.com/acme/base"
	const listed = "https://github.com/acme/base//x?ref=v1"
	for name, c := range map[string]struct {
		files         map[string]string
		kind, message string
	}{
		"no kustomization": {map[string]string{"x/a": ""}, "no-kustomization", base + "//x has no kustomization.yaml."},
		"no folder":        {map[string]string{"a": ""}, "missing-file", base + "//x does not exist."},
		"a missing file":   {map[string]string{"x/kustomization.yaml": "resources: [gone.yaml]"}, "missing-file", base + "//x/gone.yaml does not exist."},
		"not YAML":         {map[string]string{"x/kustomization.yaml": "resources: [a.yaml]", "x/a.yaml": "a: b: c"}, "syntax", base + "//x/a.yaml is not valid YAML: mapping values are not allowed in this context."},
		"an unknown field": {map[string]string{"x/kustomization.yaml": "resource: [a.yaml]"}, "invalid-kustomization", base + "//x/kustomization.yaml has an unknown field: resource."},
		"one that climbs":  {map[string]string{"x/kustomization.yaml": "resources: [../../o]"}, "forbidden-path", base + "//../o lies outside of the repository; no path may climb above its root."},
		"a symlink out":    {map[string]string{"x/kustomization.yaml": "resources: [a.yaml]", "x/a.yaml": "-> ../../o/own.yaml"}, "forbidden-path", base + "//x/a.yaml lies outside of the repository; no path may climb above its root."},
		"a circle":         {map[string]string{"x/kustomization.yaml": "resources: ['" + listed + "']"}, "cycle", listed + " comes back to itself through its bases: " + listed + " leads to " + listed + "."},
		"a missing chart":  {map[string]string{"x/kustomization.yaml": "helmCharts: [{name: c}]"}, "missing-file", "The kustomization asks for the chart c, and x/charts/c does not exist."},
	} {
		t.Run(name, func(t *testing.T) {
			inputs := remote.Inputs{Repositories: []remote.Repository{repository(t, base, "v1", c.files)}}
			files := map[string]string{"o/kustomization.yaml": "resources: ['" + listed + "']\n", "o/own.yaml": named("own")}
			_, _, problem := withInputs(t, files, inputs)
			if problem == nil || problem.Kind != c.kind || problem.Message != c.message || problem.Path != nil || problem.Line != nil || problem.Subject == nil || *problem.Subject != listed {
				t.Fatalf("got %+v", problem)
			}
		})
	}
}

func TestProblemsInFilesAtAddresses(t *testing.T) {
	for _, c := range []struct{ url, text, want string }{
		{deployed, "a: b: c", "syntax " + deployed + " is not valid YAML: mapping values are not allowed in this context."},
		{deployed, "kind: A\napiVersion: v1", "invalid-resource " + deployed + " has an object without metadata.name."},
		{deployed, "- not\n- a\n- manifest\n", "invalid-resource " + deployed + " has an object that is no resource: apiVersion, kind and metadata.name are missing."},
		{raw, "a: b: c", "syntax " + raw + " is not valid YAML: mapping values are not allowed in this context."},
		{raw, "kind: A\napiVersion: v1", "invalid-resource " + raw + " is neither a manifest nor a Git repository with a kustomization."},
	} {
		inputs := remote.Inputs{Files: []remote.File{{URL: c.url, Base64: []byte(c.text)}}}
		_, _, problem := withInputs(t, map[string]string{"o/kustomization.yaml": "resources: ['" + c.url + "']\n"}, inputs)
		if problem == nil || problem.Path != nil || problem.Line != nil || *problem.Subject != c.url || problem.Kind+" "+problem.Message != c.want {
			t.Errorf("%s: got %+v", c.text, problem)
		}
	}
}
