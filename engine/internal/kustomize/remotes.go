package kustomize

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/api/resource"
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"hydrant/engine/internal/gitfs"
	"hydrant/engine/internal/remote"
	"hydrant/engine/internal/rendering"
)

// entry is one of a kustomization that leads to another place.
type entry struct {
	// in is the kustomization; outer the entry through which it was reached, or nil where the
	// commit has it.
	in    string
	outer *entry
	text  string
}

// first is the entry of the commit that leads there.
func (e *entry) first() *entry {
	for e.outer != nil {
		e = e.outer
	}
	return e
}

// comesBackTo is the entry on the way to this one that leads to the same place or below it,
// as kustomize compares them.
func (e *entry) comesBackTo() *entry {
	for before := e.outer; before != nil; before = before.outer {
		if strings.HasPrefix(before.text, e.text) {
			return before
		}
	}
	return nil
}

// entries are those that lead to other places.
type entries struct {
	// mounts are by their keys, files by the origin that kustomize gives to what is in them.
	mounts map[string]*mounted
	files  map[string][]*entry
}

type mounted struct {
	*entry
	mount gitfs.Mount
}

// addresses is how a kustomization's entries may look that lead to other places.
var addresses = regexp.MustCompile(`(?i)://|@|github\.com`)

// lists are the fields whose entries may be folders of other repositories.
var lists = []string{"resources", "bases", "components", "generators", "transformers", "validators"}

// withRemotes puts the folders of fetched repositories in place of the entries that name
// them, and notes what would have to be fetched. Files at addresses stay: kustomize asks for
// them itself.
func (b *build) withRemotes(from place, name string, content []byte) []byte {
	if !addresses.Match(content) {
		return content
	}
	kustomization, err := yaml.Parse(string(content))
	if err != nil || kustomization.YNode().Kind != yaml.MappingNode {
		return content
	}
	in, changed := name, false
	if real, ok := from.disk.Real(name); ok {
		in = real
	}
	for _, list := range lists {
		found, err := kustomization.Pipe(yaml.Get(list))
		if err != nil || found == nil || found.YNode().Kind != yaml.SequenceNode {
			continue
		}
		for _, item := range found.Content() {
			if item.Kind == yaml.AliasNode {
				item = item.Alias
			}
			if item.Kind != yaml.ScalarNode || strings.Contains(item.Value, "\n") {
				continue
			}
			one := &entry{in: in, outer: from.entry, text: item.Value}
			if at := b.mountOf(one, list == "components"); at != "" {
				// Both lie below the root.
				item.Value, _ = filepath.Rel(from.rooted(path.Dir(name)), at)
				changed = true
			}
		}
	}
	if !changed {
		return content
	}
	text, err := kustomization.String()
	if err != nil {
		return content
	}
	return []byte(text)
}

// mountOf is the folder of the fetched repository that an entry names; empty where it names
// none, or none that was fetched.
func (b *build) mountOf(one *entry, onlyFolder bool) string {
	inputs := b.disk.Remotes()
	repository, isRepository := repositoryOf(one.text)
	address, isWeb := webAddress(one.text)
	if isWeb && !onlyFolder && !(isRepository && surelyRepository(address)) {
		b.noteFile(one)
		file := inputs.File(address.String())
		if file == nil {
			inputs.Lack(remote.Need{Kind: "file", URL: address.String(), OrRepository: isRepository && !isManifest(address), Subject: one.text})
		}
		if file == nil || !file.None {
			return ""
		}
	}
	if !isRepository {
		return ""
	}
	if before := one.comesBackTo(); before != nil {
		b.broken = &Problem{Kind: "cycle", Subject: &one.first().text,
			Message: fmt.Sprintf("%s comes back to itself through its bases: %s leads to %s.", one.first().text, before.text, one.text)}
		return ""
	}
	fetched := inputs.RepositoryAt(repository.Repo, repository.Ref)
	if fetched == nil {
		inputs.Lack(remote.Need{Kind: "repository", Repository: repository.Repo, Ref: repository.Ref, Subject: one.text})
		return ""
	}
	mount, err := b.mount(one, *fetched)
	if err != nil {
		b.broken = err
		return ""
	}
	return mount.Path(repository.Path)
}

// mount makes the repository's files appear to kustomize; those of an entry once.
func (b *build) mount(one *entry, repository remote.Repository) (gitfs.Mount, error) {
	for _, known := range b.entries.mounts {
		if known.in == one.in && known.text == one.text && known.outer == one.outer {
			return known.mount, nil
		}
	}
	made := &mounted{one, gitfs.Mount{Key: fmt.Sprint(len(b.entries.mounts)), Address: repository.Repository}}
	var disk *gitfs.FileSystem
	var err error
	disk, err = b.disk.Mount(made.mount, repository.OtherCommit, func(name string, content []byte) ([]byte, error) {
		return b.rewriteIn(place{disk: disk, entry: one, rooted: made.mount.Path}, name, content)
	})
	if err != nil {
		return gitfs.Mount{}, rendering.ObjectMissing(err)
	}
	b.entries.mounts[made.mount.Key] = made
	return made.mount, nil
}

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

// noteFile keeps which entry a file's resources come from.
func (b *build) noteFile(one *entry) {
	key := originKey((&resource.Origin{}).Append(one.text))
	if !slices.ContainsFunc(b.entries.files[key], func(known *entry) bool {
		return known.first().in == one.first().in && known.first().text == one.first().text
	}) {
		b.entries.files[key] = append(b.entries.files[key], one)
	}
}

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
