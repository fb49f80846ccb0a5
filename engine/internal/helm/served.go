package helm

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"

	"helm.sh/helm/v4/pkg/chart/common"
)

// Served are the API versions that a cluster of a Kubernetes version serves by itself.
type Served struct {
	// Version is a minor one, such as 1.37.
	Version string `json:"version"`
	// Only is true where they stand in place of those that Helm's library knows: an operator that
	// uses the library asks the cluster, one that calls the program gives them to it besides.
	Only bool `json:"only,omitempty"`
}

// servedText has the kinds of each minor version, as `apps/v1/Deployment`. A test makes it of the
// schemas that are shipped.
//
//go:embed served.json
var servedText []byte

var servedKinds = sync.OnceValues(func() (map[string][]string, error) {
	var kinds map[string][]string
	err := json.Unmarshal(servedText, &kinds)
	return kinds, err
})

// servedBy are group and version with and without kind, as Helm asks a cluster for them
// (action.GetVersionSet).
func servedBy(version string) (common.VersionSet, error) {
	kinds, err := servedKinds()
	if err != nil {
		return nil, err
	}
	found, ok := kinds[version]
	if !ok {
		return nil, fmt.Errorf("what Kubernetes %s serves is not known", version)
	}
	var all common.VersionSet
	for _, kind := range found {
		if group := kind[:strings.LastIndex(kind, "/")]; !slices.Contains(all, group) {
			all = append(all, group)
		}
	}
	return append(all, found...), nil
}

// apiVersions are what `.Capabilities.APIVersions` has.
func (r *run) apiVersions(known common.VersionSet) (common.VersionSet, error) {
	if served := r.source.Served; served != nil {
		found, err := servedBy(served.Version)
		if err != nil {
			return nil, err
		}
		if served.Only {
			known = nil
		}
		known = append(known[:len(known):len(known)], found...)
	}
	return append(known[:len(known):len(known)], r.source.APIVersions...), nil
}
