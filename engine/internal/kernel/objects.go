package kernel

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// ObjectFolders are the folders that have the objects of repositories: their own, and those that
// their alternates name, which a clone with `--shared` or `--reference` has.
// See https://git-scm.com/docs/gitrepository-layout (objects/info/alternates)
func ObjectFolders(repositories []string) []string {
	var found []string
	for _, repository := range repositories {
		found = withAlternates(found, filepath.Join(repository, "objects"))
	}
	return found
}

func withAlternates(found []string, folder string) []string {
	if slices.Contains(found, folder) {
		return found
	}
	found = append(found, folder)
	text, err := os.ReadFile(filepath.Join(folder, "info", "alternates"))
	if err != nil {
		// Most have none.
		return found
	}
	for line := range strings.Lines(string(text)) {
		other := strings.TrimRight(line, "\r\n")
		if other == "" || strings.HasPrefix(other, "#") {
			continue
		}
		if !filepath.IsAbs(other) {
			other = filepath.Join(folder, other)
		}
		found = withAlternates(found, filepath.Clean(other))
	}
	return found
}
