package gitfs_test

import (
	"slices"
	"strings"
	"testing"

	"hydrant/engine/internal/fixture"
	"hydrant/engine/internal/gitfs"
)

func files(t *testing.T) *gitfs.FileSystem {
	t.Helper()
	return fixture.Disk(t, map[string]string{"a/x.yaml": "x", "a/y.txt": "y", "a/sub/z.yaml": "z", "b/w.yaml": "w", "link": "-> a"})
}

func view(t *testing.T, disk *gitfs.FileSystem, options gitfs.ViewOptions) *gitfs.FileSystem {
	t.Helper()
	result, err := disk.View(options)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func traced(disk *gitfs.FileSystem) string {
	var all []string
	for _, entry := range disk.Trace() {
		all = append(all, entry.State+" "+entry.Path)
	}
	return strings.Join(all, ", ")
}

func TestMovedFilesAreTracedWhereTheyAre(t *testing.T) {
	disk := files(t)
	moved := view(t, disk, gitfs.ViewOptions{Places: map[string]string{"m/n/x.yaml": "a/x.yaml", "top.yaml": "a/sub/z.yaml"}})
	if names, err := moved.ReadDir("/"); err != nil || !slices.Equal(names, []string{"m", "top.yaml"}) {
		t.Errorf("the root has %v, %v", names, err)
	}
	if moved.Exists("a/x.yaml") || moved.Exists("m/gone") || !moved.IsDir("m/n") {
		t.Error("the view has other files")
	}
	content, err := moved.ReadFile("/m/../m/n/x.yaml")
	if err != nil || string(content) != "x" {
		t.Errorf("read %q, %v", content, err)
	}
	if folder, name, err := moved.CleanedAbs("m/n/x.yaml"); err != nil || folder.String() != "/m/n" || name != "x.yaml" {
		t.Errorf("cleaned %s %s, %v", folder, name, err)
	}
	if real, ok := moved.Real("m/n/x.yaml"); !ok || real != "a/x.yaml" {
		t.Errorf("real path %q, %t", real, ok)
	}
	if got := traced(disk); got != "file a/x.yaml" {
		t.Errorf("traced %s", got)
	}
	if _, err := disk.View(gitfs.ViewOptions{Places: map[string]string{"x": "gone"}}); err == nil {
		t.Error("a place of a file that is not there")
	}
}

func TestHiddenFiles(t *testing.T) {
	disk := files(t)
	hidden := view(t, disk, gitfs.ViewOptions{Hide: func(name string, link bool) bool { return link || strings.HasSuffix(name, ".txt") }})
	if hidden.Exists("a/y.txt") || hidden.Exists("link/x.yaml") || !hidden.Exists("a/x.yaml") {
		t.Error("the view has other files")
	}
	if names, err := hidden.ReadDir("/a"); err != nil || !slices.Equal(names, []string{"sub", "x.yaml"}) {
		t.Errorf("a has %v, %v", names, err)
	}
	// A file that is hidden is no absent one: the commit has it.
	if got := traced(disk); got != "list a, file a/x.yaml" {
		t.Errorf("traced %s", got)
	}
	if !disk.Exists("a/y.txt") {
		t.Error("the original changed")
	}
}

func TestAddedFiles(t *testing.T) {
	disk := files(t)
	added := view(t, disk, gitfs.ViewOptions{})
	added.AddFile("a/new.yaml", []byte("new"))
	added.AddFile("a/deep/er/new.yaml", nil)
	added.AddFile("a/x.yaml", []byte("instead"))
	for name, want := range map[string]string{"a/new.yaml": "new", "a/deep/er/new.yaml": "", "a/x.yaml": "instead", "a/y.txt": "y"} {
		if content, err := added.ReadFile(name); err != nil || string(content) != want {
			t.Errorf("%s: %q, %v", name, content, err)
		}
	}
	if names, err := added.ReadDir("a"); err != nil || !slices.Equal(names, []string{"deep", "new.yaml", "sub", "x.yaml", "y.txt"}) {
		t.Errorf("a has %v, %v", names, err)
	}
	if _, ok := added.Real("a/new.yaml"); ok {
		t.Error("an added file has a path in the commit")
	}
	if disk.Exists("a/new.yaml") {
		t.Error("the original has it, too")
	}
	if got := traced(disk); got != "list a, absent a/new.yaml, file a/y.txt" {
		t.Errorf("traced %s", got)
	}
}

func TestRewrite(t *testing.T) {
	disk := files(t)
	rewritten := view(t, disk, gitfs.ViewOptions{Rewrite: func(name string, content []byte) ([]byte, error) {
		return []byte(name + "=" + string(content)), nil
	}})
	if content, err := rewritten.ReadFile("link/x.yaml"); err != nil || string(content) != "a/x.yaml=x" {
		t.Errorf("%q, %v", content, err)
	}
	if got := string(disk.Contents()["a/x.yaml"]); got != "x" {
		t.Errorf("kept %q", got)
	}
}

func TestGlobListsOnlyWhatItMustMatch(t *testing.T) {
	disk := files(t)
	found, err := disk.Glob("a/*.yaml")
	if err != nil || !slices.Equal(found, []string{"/a/x.yaml"}) {
		t.Errorf("found %v, %v", found, err)
	}
	if got := traced(disk); got != "list a" {
		t.Errorf("traced %s", got)
	}
}
