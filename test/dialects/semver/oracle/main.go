// Reads JSON from standard input, a list of versions and a list of ranges, and writes for
// each range which versions fit it, by the library that Helm, Argo CD and Flux choose with;
// null for what is no range. `sorted` are the versions, the newest first.
package main

import (
	"encoding/json"
	"os"
	"sort"

	"github.com/Masterminds/semver/v3"
)

func main() {
	var asked struct{ Versions, Ranges []string }
	if err := json.NewDecoder(os.Stdin).Decode(&asked); err != nil {
		panic(err)
	}
	versions := []*semver.Version{}
	for _, text := range asked.Versions {
		if version, err := semver.NewVersion(text); err == nil {
			versions = append(versions, version)
		}
	}
	fitting := make([][]string, len(asked.Ranges))
	for index, text := range asked.Ranges {
		constraint, err := semver.NewConstraint(text)
		if err != nil {
			continue
		}
		fitting[index] = []string{}
		for _, version := range versions {
			if constraint.Check(version) {
				fitting[index] = append(fitting[index], version.Original())
			}
		}
	}
	sort.Stable(sort.Reverse(semver.Collection(versions)))
	sorted := make([]string, len(versions))
	for index, version := range versions {
		sorted[index] = version.Original()
	}
	answer := map[string]any{"fitting": fitting, "sorted": sorted}
	if err := json.NewEncoder(os.Stdout).Encode(answer); err != nil {
		panic(err)
	}
}
