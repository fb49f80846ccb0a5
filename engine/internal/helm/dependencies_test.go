package helm

import (
	"maps"
	"testing"

	"hydrant/engine/internal/fixture"
)

const subYAML = "apiVersion: v2\nname: sub\nversion: 1.2.3\n"

// subchart has files of a chart below a folder, with one ConfigMap that shows its values.
func subchart(folder, yaml string) map[string]string {
	return map[string]string{
		folder + "/Chart.yaml":          yaml,
		folder + "/values.yaml":         "a: subs own\nexports: {settings: {exported: yes it is}}\ninner: {b: inner}\n",
		folder + "/templates/conf.yaml": configMap("sub", `"{{ .Chart.Name }}"`, ".Values.a", `"{{ .Chart.Name }}-global"`, `.Values.global.g | default ""`),
	}
}

func with(folders ...map[string]string) map[string]string {
	all := map[string]string{}
	for _, files := range folders {
		maps.Copy(all, files)
	}
	return all
}

func dependsOn(entries string) map[string]string {
	return map[string]string{"Chart.yaml": chartYAML + "dependencies:\n" + entries}
}

func TestDependencies(t *testing.T) {
	root := map[string]string{"templates/c.yaml": configMap("c", "root", ".Values.exported | default \"none\"", "imported", "(.Values.from | default dict).b | default \"none\"")}
	vendored := subchart("charts/sub", subYAML)
	packed := map[string]string{}
	for name, content := range subchart("sub", subYAML) {
		packed[name] = content
	}
	tgz := map[string]string{"charts/sub-1.2.3.tgz": string(pack(t, packed))}
	onDisk := subchart("/libs/sub", subYAML)
	cases := []struct {
		name   string
		files  map[string]string
		values string
		want   map[string]string
	}{
		{"a folder in charts/", vendored, "", map[string]string{"sub": "subs own"}},
		{"a packed one in charts/", tgz, "", map[string]string{"sub": "subs own"}},
		{"values from above", vendored, "sub: {a: given}\nglobal: {g: everywhere}", map[string]string{"sub": "given", "sub-global": "everywhere"}},
		{"file://", with(dependsOn("- {name: sub, version: 1.x, repository: 'file://../../libs/sub'}\n"), onDisk), "", map[string]string{"sub": "subs own"}},
		{"what charts/ has comes first", with(dependsOn("- {name: sub, version: 1.x, repository: 'file://../../gone'}\n"), tgz), "", map[string]string{"sub": "subs own"}},
		{"aliases", with(dependsOn("- {name: sub, version: 1.2.3, alias: one, repository: 'file://../../libs/sub'}\n- {name: sub, version: 1.2.3, alias: two, repository: 'file://../../libs/sub'}\n"), onDisk),
			"one: {a: first}\ntwo: {a: second}", map[string]string{"one": "first", "two": "second", "sub": "not there"}},
		{"a condition that is false", with(dependsOn("- {name: sub, version: 1.2.3, repository: '', condition: sub.enabled}\n"), vendored), "sub: {enabled: false}", map[string]string{"sub": "not there"}},
		{"a condition that is true", with(dependsOn("- {name: sub, version: 1.2.3, repository: '', condition: 'gone.x,sub.enabled'}\n"), vendored), "sub: {enabled: true}", map[string]string{"sub": "subs own"}},
		{"tags", with(dependsOn("- {name: sub, version: 1.2.3, repository: '', tags: [back]}\n"), vendored), "tags: {back: false}", map[string]string{"sub": "not there"}},
		{"a condition overrules tags", with(dependsOn("- {name: sub, version: 1.2.3, repository: '', tags: [back], condition: useIt}\n"), vendored), "tags: {back: false}\nuseIt: true", map[string]string{"sub": "subs own"}},
		{"exported values", with(dependsOn("- {name: sub, version: 1.2.3, repository: '', import-values: [settings]}\n"), vendored), "", map[string]string{"root": "yes it is"}},
		{"imported values", with(dependsOn("- {name: sub, version: 1.2.3, repository: '', import-values: [{child: inner, parent: from}]}\n"), vendored), "", map[string]string{"imported": "inner"}},
		{"requirements.yaml", with(map[string]string{"Chart.yaml": "apiVersion: v1\nname: app\nversion: 1.0.0\n", "requirements.yaml": "dependencies:\n- {name: sub, version: 1.2.3, repository: '', condition: sub.enabled}\n"}, vendored), "sub: {enabled: false}", map[string]string{"sub": "not there"}},
		{"a library", with(dependsOn("- {name: lib, version: 1.0.0, repository: 'file://../lib'}\n"), map[string]string{
			"/charts/lib/Chart.yaml": "apiVersion: v2\nname: lib\nversion: 1.0.0\ntype: library\n", "/charts/lib/templates/_lib.tpl": "{{ define \"lib.x\" }}from the library{{ end }}",
			"/charts/lib/templates/not.yaml": "{{ fail \"templates of libraries are not rendered\" }}", "templates/l.yaml": configMap("l", "lib", `include "lib.x" .`)}), "", map[string]string{"lib": "from the library"}},
		{"a subchart's own missing dependency, as in helm", subchart("charts/sub", subYAML+"dependencies:\n- {name: deeper, version: 1.0.0, repository: 'https://example.com'}\n"), "", map[string]string{"sub": "subs own"}},
		{"a remote one that is switched off", dependsOn("- {name: redis, version: ^1.2.0, repository: 'https://example.com/charts', condition: redis.enabled}\n"), "redis: {enabled: false}", map[string]string{"root": "none"}},
		{"two versions, remote and switched off", dependsOn("- {name: redis, version: 1.x, alias: one, repository: 'https://example.com', condition: useIt}\n- {name: redis, version: '>=2.0.0 <3', alias: two, repository: 'https://example.com', condition: useIt}\n"), "useIt: false", map[string]string{"root": "none"}},
	}
	for _, one := range cases {
		t.Run(one.name, func(t *testing.T) {
			got := dataOf(t, with(root, one.files), app(text(one.values)))
			for key, want := range one.want {
				found, ok := got[key]
				if !ok {
					found = "not there"
				}
				if found != want {
					t.Errorf("%s is %q, want %q", key, found, want)
				}
			}
		})
	}
}

func TestDependencyProblems(t *testing.T) {
	lock := map[string]string{"Chart.lock": "dependencies:\n- {name: redis, version: 1.4.2, repository: 'https://example.com/charts'}\ndigest: x\ngenerated: '2024-01-01T00:00:00Z'\n"}
	remote := "- {name: redis, version: ^1.2.0, repository: 'https://example.com/charts', condition: redis.enabled}\n"
	cases := []struct {
		name, kind, subject, message string
		files                        map[string]string
		line                         int
	}{
		{"undeclared place", "missing-dependency", "sub", "sub is declared in Chart.yaml and missing in charts/.", dependsOn("- {name: sub, version: 1.0.0, repository: ''}\n"), 5},
		{"a file:// that is not there", "missing-dependency", "sub", "The dependency sub is to be in libs/sub, which is not a folder of the repository.", dependsOn("- {name: sub, version: 1.0.0, repository: 'file://../../libs/sub'}\n"), 5},
		{"a file:// of another version", "missing-dependency", "sub", "The chart in libs/sub has version 1.2.3, and ^2.0.0 is wanted.", with(dependsOn("- name: sub\n  version: ^2.0.0\n  repository: file://../../libs/sub\n"), subchart("/libs/sub", subYAML)), 5},
		{"a file:// of another name", "missing-dependency", "other", "The chart in libs/sub is named sub, and other is wanted.", with(dependsOn("- name: other\n  version: 1.x\n  repository: file://../../libs/sub\n"), subchart("/libs/sub", subYAML)), 5},
		{"a file:// outside", "forbidden-path", "file://../../../x", "The dependency sub is at file://../../../x, outside of the repository.", dependsOn("- {name: sub, version: 1.0.0, repository: 'file://../../../x'}\n"), 5},
		{"remote", "remote", "https://example.com/charts/redis:^1.2.0", "https://example.com/charts/redis:^1.2.0 is remote and missing in charts/, and remote charts are not fetched.", dependsOn(remote), 5},
		{"remote and locked", "remote", "https://example.com/charts/redis:1.4.2", "", with(dependsOn(remote), lock), 5},
		{"remote, of which one is switched off", "remote", "oci://example.com/pg:2.0.0", "oci://example.com/pg:2.0.0 is remote and missing in charts/, and remote charts are not fetched.",
			with(dependsOn(remote+"- {name: pg, version: 2.0.0, repository: 'oci://example.com'}\n"), map[string]string{"values.yaml": "redis: {enabled: false}"}), 6},
		{"remote, twice with different versions", "remote", "https://example.com/redis:2.0.0", "",
			with(dependsOn("- {name: redis, version: 1.0.0, alias: one, repository: 'https://example.com', condition: one.enabled}\n- {name: redis, version: 2.0.0, alias: two, repository: 'https://example.com', condition: two.enabled}\n"), map[string]string{"values.yaml": "one: {enabled: false}"}), 5},
	}
	for _, one := range cases {
		t.Run(one.name, func(t *testing.T) {
			found := problemOf(t, fixture.Disk(t, chartOf(one.files)), app())
			if found.Kind != one.kind || pointed(found.Subject) != one.subject || pointed(found.Path) != "charts/app/Chart.yaml" || pointed(found.Line) != one.line {
				t.Errorf("got %s, subject %s, %s:%d: %s", found.Kind, pointed(found.Subject), pointed(found.Path), pointed(found.Line), found.Message)
			}
			if one.message != "" && found.Message != one.message {
				t.Errorf("got %q", found.Message)
			}
		})
	}
}
