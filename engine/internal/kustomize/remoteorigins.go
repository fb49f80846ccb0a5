package kustomize

import (
	"errors"
	"path"
	"regexp"
	"strings"

	"sigs.k8s.io/kustomize/api/resource"

	"hydrant/engine/internal/gitfs"
	"hydrant/engine/internal/rendering"
)

var joinedAddress = regexp.MustCompile(`(?:^|/)(https?:/[^/].*)$`)

// originKey is what an origin of a file at an address is known by: it has a repository by
// accident, or the address joined to a folder.
func originKey(origin *resource.Origin) string {
	if origin.Repo != "" {
		return origin.Repo + " " + origin.Ref + " " + origin.Path
	}
	if match := joinedAddress.FindStringSubmatch(origin.Path); match != nil {
		return match[1]
	}
	return ""
}

// remoteOrigin is the origin of what another place declares or generates. No entry is named
// where there are several that it may come from.
func (b *build) remoteOrigin(origin *resource.Origin) (Origin, bool) {
	result := Origin{Transformations: []Transformation{}}
	if origin.ConfiguredBy.Kind != "" {
		result.Generator = &origin.ConfiguredBy.Kind
	}
	if listed := b.entries.files[originKey(origin)]; len(listed) > 0 {
		result.Remote = &rendering.Remote{Address: listed[0].text}
		if len(listed) == 1 {
			first := listed[0].first()
			result.ConfiguredIn, result.Remote.Entry = &first.in, first.text
		}
		return result, true
	}
	at := b.seen(firstOf(origin.ConfiguredIn, origin.Path))
	key, _ := gitfs.KeyOf(at)
	inside, ok := b.entries.mounts[key]
	if !ok {
		return Origin{}, false
	}
	first := inside.first()
	result.ConfiguredIn, result.Remote = &first.in, &rendering.Remote{Address: gitfs.Unrooted(at), Entry: first.text}
	return result, true
}

var enteredFolder = regexp.MustCompile(`(?:recursed accumulation of|couldn't make target for) path '([^']*)'`)

var mountNamed = regexp.MustCompile(`/\(remote\)/([^/~]*)~`)

// elsewhere puts a problem of another place's files where the commit leads to it.
func (b *build) elsewhere(problem *Problem, err error) *Problem {
	var upstream interface{ Rooted() string }
	if errors.As(err, &upstream) {
		if all := enteredFolder.FindAllStringSubmatch(upstream.Rooted(), -1); all != nil {
			key, _ := gitfs.KeyOf(all[len(all)-1][1])
			if inside, ok := b.entries.mounts[key]; ok {
				return inside.moved(problem)
			}
		}
		// The folder itself may be missing.
		if all := mountNamed.FindAllStringSubmatch(upstream.Rooted(), -1); all != nil && problem.Subject != nil {
			inside, ok := b.entries.mounts[all[len(all)-1][1]]
			if ok && strings.HasPrefix(*problem.Subject, inside.mount.Address+"//") {
				return inside.moved(problem)
			}
		}
	}
	for _, named := range []*string{problem.Path, problem.Subject} {
		if named == nil {
			continue
		}
		for _, listed := range b.entries.files {
			if listed[0].text == *named {
				return listed[0].moved(problem)
			}
		}
	}
	return problem
}

// moved is a problem that is to be found at the entry.
func (e *entry) moved(problem *Problem) *Problem {
	problem.Path, problem.Line, problem.Subject = nil, nil, &e.first().text
	return problem
}

// seen is where kustomize sees a path that it gives from the root kustomization.
func (b *build) seen(name string) string {
	return path.Join(gitfs.RootedPath(b.folder), name)
}
