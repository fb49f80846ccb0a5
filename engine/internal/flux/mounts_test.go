package flux

import (
	"errors"
	"io/fs"
	"strings"
	"testing"

	"hydrant/engine/internal/fixture"
	"hydrant/engine/internal/gitfs"
	"hydrant/engine/internal/rendering"
)

func tree(t *testing.T, disk *gitfs.FileSystem) string {
	t.Helper()
	var all []string
	err := disk.Walk("/", func(name string, info fs.FileInfo, err error) error {
		if err == nil && !info.IsDir() {
			content, _ := disk.ReadFile(name)
			all = append(all, strings.TrimPrefix(name, "/")+"="+string(content))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(all, " ")
}

func TestComposed(t *testing.T) {
	files := map[string]string{
		"apps/base/a.yaml": "1", "apps/base/b.yaml": "2", "apps/base/sub/c.yaml": "3", "apps/base/sub/README.md": "4",
		"apps/prod/a.yaml": "5", "apps/prod/d.yaml": "6", "top.yaml": "7", "apps/link.yaml": "-> base/a.yaml",
	}
	cases := []struct {
		name   string
		mounts []Mount
		want   string
	}{
		{"a folder's contents", []Mount{{From: "apps/base/**", To: "base"}}, "base/a.yaml=1 base/b.yaml=2 base/sub/README.md=4 base/sub/c.yaml=3"},
		{"to the root", []Mount{{From: "apps/prod/**", To: "."}}, "a.yaml=5 d.yaml=6"},
		{"a star keeps the whole path", []Mount{{From: "apps/prod/*.yaml", To: "x"}}, "x/apps/prod/a.yaml=5 x/apps/prod/d.yaml=6"},
		{"a star that matches folders", []Mount{{From: "apps/p*", To: "."}}, "apps/prod/a.yaml=5 apps/prod/d.yaml=6"},
		{"a folder goes into the other", []Mount{{From: "apps/prod", To: "x"}}, "x/prod/a.yaml=5 x/prod/d.yaml=6"},
		{"a file", []Mount{{From: "top.yaml", To: "x/y.yaml"}}, "x/y.yaml=7"},
		{"a file into a folder", []Mount{{From: "top.yaml", To: "x/"}}, "x/top.yaml=7"},
		{"a file into a folder that is there", []Mount{{From: "apps/prod/**", To: "x"}, {From: "top.yaml", To: "x"}}, "x/a.yaml=5 x/d.yaml=6 x/top.yaml=7"},
		{"a file into the root", []Mount{{From: "top.yaml", To: "."}}, "top.yaml=7"},
		{"the later overwrites", []Mount{{From: "apps/base/**", To: "."}, {From: "apps/prod/**", To: "."}}, "a.yaml=5 b.yaml=2 d.yaml=6 sub/README.md=4 sub/c.yaml=3"},
		{"excluded by name", []Mount{{From: "apps/base/**", To: ".", Exclude: []string{"*.md", "a.yaml"}}}, "b.yaml=2 sub/c.yaml=3"},
		{"excluded by path", []Mount{{From: "apps/base/**", To: ".", Exclude: []string{"sub/**", "apps/base/b.yaml"}}}, "a.yaml=1"},
	}
	for _, one := range cases {
		t.Run(one.name, func(t *testing.T) {
			artifact, err := Artifact(fixture.Disk(t, files), "")
			if err != nil {
				t.Fatal(err)
			}
			composed, err := Composed(artifact, one.mounts)
			if err != nil {
				t.Fatal(err)
			}
			if got := tree(t, composed); got != one.want {
				t.Errorf("got  %s\nwant %s", got, one.want)
			}
		})
	}
}

func TestComposedProblems(t *testing.T) {
	for name, one := range map[string]struct {
		mount   Mount
		kind    string
		message string
	}{
		"nothing there":          {Mount{From: "gone", To: "."}, "missing-file", "gone does not exist."},
		"no match":               {Mount{From: "a/*.md", To: "."}, "missing-file", "No file matches a/*.md."},
		"all excluded":           {Mount{From: "a/**", To: ".", Exclude: []string{"*"}}, "missing-file", "No file matches a/**."},
		"a pattern":              {Mount{From: "a/[", To: "."}, "other", "a/[ is not a valid pattern."},
		"a pattern to leave out": {Mount{From: "a/**", To: ".", Exclude: []string{"["}}, "other", "[ is not a valid pattern to exclude by."},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Composed(fixture.Disk(t, map[string]string{"a/x.yaml": "1"}), []Mount{one.mount})
			var problem *rendering.Problem
			if !errors.As(err, &problem) || problem.Kind != one.kind || problem.Message != one.message {
				t.Errorf("got %v", err)
			}
		})
	}
}

// TestTraceOfAPart: what is in other folders does not matter.
func TestTraceOfAPart(t *testing.T) {
	disk := fixture.Disk(t, map[string]string{"apps/base/a.yaml": "1", "apps/prod/b.yaml": "2"})
	composed, err := Composed(disk, []Mount{{From: "apps/base/**", To: "base"}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := composed.ReadFile("base/a.yaml"); err != nil || composed.Exists("base/gone.yaml") {
		t.Error(err)
	}
	var got []string
	for _, entry := range disk.Trace() {
		got = append(got, entry.State+" "+entry.Path)
	}
	if want := "directory apps, list apps/base, file apps/base/a.yaml"; strings.Join(got, ", ") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, ", "), want)
	}
}
