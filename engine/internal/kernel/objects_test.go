package kernel

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestObjectFoldersFollowAlternates(t *testing.T) {
	dir := t.TempDir()
	clone, shared, old := filepath.Join(dir, "clone"), filepath.Join(dir, "shared"), filepath.Join(dir, "old")
	write(t, filepath.Join(clone, "objects/info/alternates"), "# from a clone\n"+shared+"/objects\n\n")
	// Relative to the objects, and in a circle.
	write(t, filepath.Join(shared, "objects/info/alternates"), "../../old/objects\r\n"+clone+"/objects\n")
	write(t, filepath.Join(old, "objects/info/packs"), "")
	want := []string{clone + "/objects", shared + "/objects", old + "/objects"}
	if got := ObjectFolders([]string{clone}); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := ObjectFolders([]string{old, filepath.Join(dir, "none")}); !slices.Equal(got, []string{old + "/objects", dir + "/none/objects"}) {
		t.Errorf("got %v", got)
	}
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
