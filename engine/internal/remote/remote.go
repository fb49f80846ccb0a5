// Package remote has what a render is given of other places than its repository, and what it
// lacks of them. The client fetches what its settings allow and renders again:
// src/model/remoteInputs.ts has the words.
package remote

import "slices"

// Inputs are what was fetched, and what was looked for in vain.
type Inputs struct {
	Files        []File       `json:"files"`
	Charts       []Chart      `json:"charts"`
	Repositories []Repository `json:"repositories"`
	archives     *Archives
	lacking      []Need
}

// File is what stands at an address.
type File struct {
	URL    string `json:"url"`
	Base64 []byte `json:"base64,omitempty"`
	// None is true of an address that answers with no file: there may be a repository.
	None bool `json:"none,omitempty"`
}

// Chart is a packed chart of a Helm repository or registry.
type Chart struct {
	Repository string  `json:"repository"`
	Chart      string  `json:"chart"`
	Version    string  `json:"version"`
	Archive    Archive `json:"archive"`
}

// Archive names a packed chart; the client has given it, or gives it before the render.
type Archive struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
}

// OtherCommit is a commit of another Git repository than the one under review.
type OtherCommit struct {
	Repository string `json:"repository"`
	GitDir     string `json:"gitDir"`
	Commit     string `json:"commit"`
}

// Repository is a commit that was found for a branch, tag or commit.
type Repository struct {
	OtherCommit
	Ref string `json:"ref"`
}

// Need is something that a render lacks.
type Need struct {
	// Kind is file, chart or repository.
	Kind string `json:"kind"`
	// URL is a file's.
	URL string `json:"url,omitempty"`
	// OrRepository is true of a file's address at which a Git repository may be instead.
	OrRepository bool   `json:"orRepository,omitempty"`
	Repository   string `json:"repository,omitempty"`
	Chart        string `json:"chart,omitempty"`
	Version      string `json:"version,omitempty"`
	Ref          string `json:"ref,omitempty"`
	// Subject is what the author wrote.
	Subject string `json:"subject"`
}

// File is what was found at an address; nil where it was not asked for yet.
func (i *Inputs) File(url string) *File {
	return found(i.Files, func(file File) bool { return file.URL == url })
}

// Chart is a chart that was found; nil where it was not asked for yet.
func (i *Inputs) Chart(repository, name, version string) *Chart {
	return found(i.Charts, func(chart Chart) bool {
		return chart.Repository == repository && chart.Chart == name && chart.Version == version
	})
}

// RepositoryAt is a repository at a branch, tag or commit; nil where it was not asked for yet.
func (i *Inputs) RepositoryAt(address, ref string) *Repository {
	return found(i.Repositories, func(one Repository) bool { return one.Repository == address && one.Ref == ref })
}

// UseArchives gives the inputs the archives that they, or a source, name.
func (i *Inputs) UseArchives(archives *Archives) { i.archives = archives }

// Archive is the content of an archive; false where the client did not give it.
func (i *Inputs) Archive(archive Archive) ([]byte, bool) {
	if i.archives == nil {
		return nil, false
	}
	return i.archives.content(archive.SHA256)
}

func found[T any](all []T, matches func(T) bool) *T {
	if at := slices.IndexFunc(all, matches); at >= 0 {
		return &all[at]
	}
	return nil
}

// Lack notes what would be needed, once.
func (i *Inputs) Lack(need Need) {
	if !slices.Contains(i.lacking, need) {
		i.lacking = append(i.lacking, need)
	}
}

// Lacking is all that was noted.
func (i *Inputs) Lacking() []Need { return i.lacking }
