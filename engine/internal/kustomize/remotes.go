package kustomize

import (
	"fmt"
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

// noteFile keeps which entry a file's resources come from.
func (b *build) noteFile(one *entry) {
	key := originKey((&resource.Origin{}).Append(one.text))
	if !slices.ContainsFunc(b.entries.files[key], func(known *entry) bool {
		return known.first().in == one.first().in && known.first().text == one.first().text
	}) {
		b.entries.files[key] = append(b.entries.files[key], one)
	}
}
