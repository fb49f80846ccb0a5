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
	KubeVersion          string     `json:"kubeVersion,omitempty"`
	APIVersions          []string   `json:"apiVersions,omitempty"`
	Served               *Served    `json:"served,omitempty"`
	IncludeCRDs          bool       `json:"includeCrds"`
	SkipTests            bool       `json:"skipTests,omitempty"`
	SkipSchemaValidation bool       `json:"skipSchemaValidation,omitempty"`
	IsUpgrade            bool       `json:"isUpgrade,omitempty"`
	// Hooks is keep (the default) or omit.
	Hooks string `json:"hooks,omitempty"`
}

// ChartPlace is a folder or packed chart of the commit, or a packed chart that was fetched.
type ChartPlace struct {
	Path    string   `json:"path,omitempty"`
	Archive *Archive `json:"archive,omitempty"`
	// File is where the commit has the archive, if it has; without that file there is no chart.
	File string `json:"file,omitempty"`
	// Repository is another one than the commit's, in which the path or the file is.
	Repository *remote.OtherCommit `json:"repository,omitempty"`
	// Ignore, where not nil, has the files as source-controller packs them, without those of these patterns.
	Ignore *string `json:"ignore,omitempty"`
}

// Archive is a packed chart that is not part of the commit.
type Archive = remote.Archive

// Layer is one of the values' layers; one of its fields is set.
type Layer struct {
	File      string `json:"file,omitempty"`
	ChartFile string `json:"chartFile,omitempty"`
	// Repository is another one than the commit's, in which the file is.
	Repository *remote.OtherCommit `json:"repository,omitempty"`
	// IgnoreMissing belongs to File and ChartFile.
	IgnoreMissing bool            `json:"ignoreMissing,omitempty"`
	Inline        json.RawMessage `json:"inline,omitempty"`
	Text          *string         `json:"text,omitempty"`
	Set           *string         `json:"set,omitempty"`
	// ForceString belongs to Set.
	ForceString bool     `json:"forceString,omitempty"`
	SetFile     *SetFile `json:"setFile,omitempty"`
	// Again is the number of the layer that is laid over the others once more.
	Again *int `json:"again,omitempty"`
	At    *At  `json:"at,omitempty"`
}

// SetFile is a value that is a file's content.
type SetFile struct {
	Name       string              `json:"name"`
	File       string              `json:"file"`
	Repository *remote.OtherCommit `json:"repository,omitempty"`
}

// At is a value at a path.
type At struct {
	Path    string `json:"path"`
	Value   string `json:"value"`
	Literal bool   `json:"literal,omitempty"`
}
