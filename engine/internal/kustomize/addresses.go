package kustomize

import (
	"bytes"
	"errors"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/api/resource"

	"hydrant/engine/internal/gitfs"
	"hydrant/engine/internal/remote"
)

// repositoryOf takes apart what kustomize would clone, by its own parser.
func repositoryOf(text string) (resource.Origin, bool) {
	if strings.HasPrefix(text, "/") {
		return resource.Origin{}, false
	}
	found := (&resource.Origin{}).Append(text)
	if found.Repo == "" {
		return resource.Origin{}, false
	}
	// Upstream's origin of a repository's root is the name of the folder it would be cloned to.
	if found.Path == "notCloned" && !strings.Contains(text, "notCloned") {
		found.Path = "."
	}
	return *found, true
}

// webAddress is an address that kustomize asks for before it takes it for a repository.
func webAddress(text string) (*url.URL, bool) {
	address, err := url.Parse(text)
	return address, err == nil && (address.Scheme == "http" || address.Scheme == "https")
}

func isManifest(address *url.URL) bool {
	return slices.Contains([]string{".yaml", ".yml", ".json"}, path.Ext(address.Path))
}

var (
	forge      = regexp.MustCompile(`^(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org)$`)
	twoNames   = regexp.MustCompile(`^/[^/]+/[^/]+/?$`)
	markedPath = regexp.MustCompile(`//|\.git(?:/|$)|/_git/`)
)

// surelyRepository is true for an address that cannot be a file, so that none has to be
// fetched to find out.
func surelyRepository(address *url.URL) bool {
	if isManifest(address) {
		return false
	}
	asked := address.Query()
	onForge := forge.MatchString(address.Hostname()) && (twoNames.MatchString(address.Path) || asked.Has("ref") || asked.Has("version"))
	return markedPath.MatchString(address.Path) || onForge && !strings.HasPrefix(address.Path, "/api/")
}

var errNotFetched = errors.New("was not fetched")

// known answers kustomize's requests for files.
func known(disk *gitfs.FileSystem) func(string) ([]byte, bool, error) {
	return func(address string) ([]byte, bool, error) {
		file := disk.Remotes().File(address)
		if file == nil {
			if asked, err := url.Parse(address); err == nil {
				if _, isRepository := repositoryOf(address); !isRepository || !surelyRepository(asked) {
					disk.Remotes().Lack(remote.Need{Kind: "file", URL: address, OrRepository: isRepository && !isManifest(asked), Subject: address})
				}
			}
			return nil, false, errNotFetched
		}
		// Messages are cleaned by it.
		disk.Contents()[address] = bytes.Clone(file.Base64)
		return file.Base64, !file.None, nil
	}
}
