// Package helm renders a chart with its values through the upstream library, as
// `helm template` does: no cluster, no network, no other program.
package helm

import (
	"encoding/json"

	"hydrant/engine/internal/remote"
)

// Source is a chart with its values; src/model/renderSource.ts has the words.
type Source struct {
	Chart                ChartPlace `json:"chart"`
	ReleaseName          string     `json:"releaseName"`
	Namespace            string     `json:"namespace"`
	Values               []Layer    `json:"values"`
	KubeVersion          string     `json:"kubeVersion"`
	APIVersions          []string   `json:"apiVersions"`
	IncludeCRDs          bool       `json:"includeCrds"`
	SkipTests            bool       `json:"skipTests"`
	SkipSchemaValidation bool       `json:"skipSchemaValidation"`
	IsUpgrade            bool       `json:"isUpgrade"`
	// Hooks is keep (the default) or omit.
	Hooks string `json:"hooks"`
}

// ChartPlace is a folder or packed chart of the commit, or a packed chart that was fetched.
type ChartPlace struct {
	Path    string   `json:"path"`
	Archive *Archive `json:"archive"`
	// Repository is another one than the commit's, in which the path is.
	Repository *remote.Repository `json:"repository"`
}

// Archive is a packed chart that is not part of the commit.
type Archive = remote.Archive

// Layer is one of the values' layers; one of its fields is set.
type Layer struct {
	File      string `json:"file"`
	ChartFile string `json:"chartFile"`
	// Repository is another one than the commit's, in which the file is.
	Repository *remote.Repository `json:"repository"`
	// IgnoreMissing belongs to File and ChartFile.
	IgnoreMissing bool            `json:"ignoreMissing"`
	Inline        json.RawMessage `json:"inline"`
	Text          *string         `json:"text"`
	Set           *string         `json:"set"`
	// ForceString belongs to Set.
	ForceString bool     `json:"forceString"`
	SetFile     *SetFile `json:"setFile"`
	At          *At      `json:"at"`
}

// SetFile is a value that is a file's content.
type SetFile struct {
	Name       string             `json:"name"`
	File       string             `json:"file"`
	Repository *remote.Repository `json:"repository"`
}

// At is a value at a path.
type At struct {
	Path    string `json:"path"`
	Value   string `json:"value"`
	Literal bool   `json:"literal"`
}
