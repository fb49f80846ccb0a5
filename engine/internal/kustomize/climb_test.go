package kustomize

import (
	"strings"
	"testing"

	"hydrant/engine/internal/confine"
	"hydrant/engine/internal/fixture"
	"hydrant/engine/internal/flux"
)

var climbing = map[string]string{
	"a base":                   "resources: [../../../p]",
	"a base one level above":   "resources: [../../p]",
	"a base by a far way":      "resources: [" + strings.Repeat("../", 30) + "p]",
	"a file":                   "resources: [../../c.yaml]",
	"a component":              "resources: [c.yaml]\ncomponents: [../../../component]",
	"a patch":                  "resources: [c.yaml]\npatches: [{path: ../../c.yaml}]",
	"a generator's file":       "configMapGenerator: [{name: g, files: [../../c.yaml]}]",
	"a base below charts":      "resources: [../../p]\nhelmCharts: [{name: c}]",
	"a file of configurations": "resources: [c.yaml]\nconfigurations: [../../c.yaml]",
}

func climbingFiles(kustomization string) map[string]string {
	return map[string]string{
		"o/kustomization.yaml": kustomization, "o/c.yaml": configMap, "c.yaml": configMap,
		"p/kustomization.yaml": "resources: [c.yaml]", "p/c.yaml": configMap,
		"component/kustomization.yaml": "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnamePrefix: x-\n",
		"o/charts/c/Chart.yaml":        "apiVersion: v2\nname: c\nversion: 1.0.0\n",
		"o/charts/c/values.yaml":       "a: b\n",
	}
}

func TestPathsThatClimbOutOfTheRepository(t *testing.T) {
	confine.Process()
	sources := map[string]Source{
		"plain":    {Path: "o"},
		"edited":   {Path: "o", Edits: &Edits{NamePrefix: "p-"}},
		"by Flux":  {Path: "o", Generate: true},
		"composed": {Path: "o", Mounts: []flux.Mount{{From: "o/**", To: "o"}, {From: "p/**", To: "p"}, {From: "component/**", To: "component"}, {From: "c.yaml", To: "."}}},
	}
	for name, kustomization := range climbing {
		for how, source := range sources {
			if source.asFlux() && strings.Contains(kustomization, "helmCharts") {
				continue
			}
			t.Run(name+", "+how, func(t *testing.T) {
				_, disk, problem := rendered(t, climbingFiles(kustomization), source, false)
				if problem == nil {
					t.Fatal("it rendered")
				}
				if problem.Kind != "forbidden-path" || !strings.Contains(problem.Message, "lies outside of the repository") {
					t.Errorf("got %s of %s: %s", problem.Kind, said(problem.Subject), problem.Message)
				}
				if subject := said(problem.Subject); !strings.HasPrefix(subject, "../") || strings.Contains(problem.Message, "(") {
					t.Errorf("subject %s, message %s", subject, problem.Message)
				}
				for _, entry := range disk.Trace() {
					if strings.Contains(entry.Path, "(") {
						t.Errorf("traced %s", entry.Path)
					}
				}
			})
		}
	}
}

func TestSourcesThatClimbOutOfTheRepository(t *testing.T) {
	for name, source := range map[string]Source{
		"the folder":         {Path: "../o"},
		"the folder of Flux": {Path: "../o", Generate: true},
		"a component":        {Path: "o", Edits: &Edits{Components: []string{"../../component"}}},
		"a patch":            {Path: "o", Edits: editsOf(t, `{"patches":[{"path":"../../c.yaml"}]}`)},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, problem := rendered(t, climbingFiles("resources: [c.yaml]"), source, false)
			if problem == nil || problem.Kind != "forbidden-path" {
				t.Errorf("got %+v", problem)
			}
		})
	}
	// A missing component may be left out, also where it cannot be.
	left := Source{Path: "o", Edits: &Edits{Components: []string{"../../component"}, IgnoreMissingComponents: true}}
	if items, _, problem := rendered(t, climbingFiles("resources: [c.yaml]"), left, false); problem != nil || len(items) != 1 {
		t.Errorf("got %d items, %+v", len(items), problem)
	}
}

// TestPostRenderingSeesNoFiles: the resources are all that it has.
func TestPostRenderingSeesNoFiles(t *testing.T) {
	disk := fixture.Disk(t, climbingFiles("resources: [c.yaml]"))
	items, err := Render(disk, Source{Path: "o"}, false)
	if err != nil {
		t.Fatal(err)
	}
	for file, kind := range map[string]string{"../o/c.yaml": "missing-file", "../../c.yaml": "forbidden-path"} {
		_, err := PostRender(disk, items, *editsOf(t, `{"patches":[{"path":"`+file+`"}]}`))
		if problem, _ := err.(*Problem); problem == nil || problem.Kind != kind || problem.Path != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
}

func TestWhatIsNotInTheCommitHasNoPath(t *testing.T) {
	files := map[string]string{"o/c.yaml": configMap}
	broken := editsOf(t, `{"patches":[{"patch":"a: ["}]}`)
	_, disk, problem := rendered(t, files, Source{Path: "o", Generate: true, Edits: broken}, false)
	if problem == nil || problem.Kind != "syntax" || problem.Path != nil {
		t.Errorf("a generated kustomization: %+v", problem)
	}
	items, err := Render(disk, Source{Path: "o", Generate: true}, false)
	if err != nil {
		t.Fatal(err)
	}
	_, err = PostRender(disk, items, *broken)
	if problem, _ = err.(*Problem); problem == nil || problem.Kind != "syntax" || problem.Path != nil {
		t.Errorf("post-rendering: %v", err)
	}
}
