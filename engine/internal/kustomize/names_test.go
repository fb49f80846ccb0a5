package kustomize

import (
	"strings"
	"testing"
)

func TestNamesThatAreUnusual(t *testing.T) {
	for _, name := range []string{"a\nb.yaml", "a\tb.yaml", "a b.yaml", "ümlaut.yaml", `back\slash.yaml`, "con", "a:b.yaml", "dir.d/c.yaml", ".hidden.yaml"} {
		t.Run(name, func(t *testing.T) {
			quoted := strings.NewReplacer(`\`, `\\`, "\n", `\n`, "\t", `\t`).Replace(name)
			items, _, problem := rendered(t, map[string]string{
				"o/kustomization.yaml": `resources: ["` + quoted + `"]`, "o/" + name: configMap,
				// Their places in Git's order are not those of the names.
				"o/dir-": "x", "o/dir.d-": "x", "o/dir.d0": "x", "o/dir": "x",
			}, Source{Path: "o"}, true)
			if problem != nil {
				t.Fatal(problem.Message)
			}
			if path := items[0].Origin.Path; path == nil || *path != "o/"+name {
				t.Errorf("origin %v", path)
			}
		})
	}
}
