// Package render renders a target of a commit with the tool that its source names.
package render

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
	kubernetes "sigs.k8s.io/yaml"

	"hydrant/engine/internal/gitfs"
	"hydrant/engine/internal/kustomize"
	"hydrant/engine/internal/redact"
	"hydrant/engine/internal/remote"
	"hydrant/engine/internal/rendering"
)

// Params asks for one target of a commit.
type Params struct {
	GitDir    string           `json:"gitDir"`
	Commit    string           `json:"commit"`
	Source    Source           `json:"source"`
	Redaction redact.Redaction `json:"redaction"`
	// Remotes are what was fetched of other places so far.
	Remotes remote.Inputs `json:"remotes,omitempty"`
	// Want is resources, manifests, or origins (which includes resources).
	Want string `json:"want"`
}

// Reply has what was asked for, or the problem; the trace in any case.
type Reply struct {
	Trace     []gitfs.TraceEntry `json:"trace"`
	Resources []json.RawMessage  `json:"resources,omitempty"`
	Manifests *string            `json:"manifests,omitempty"`
	Origins   []rendering.Origin `json:"origins,omitempty"`
	// LeftOut are the parts that were not rendered though the rest is.
	LeftOut []string `json:"leftOut,omitempty"`
	// Sealed are the readable values of the Secrets, or what of a problem's input may be some.
	Sealed string `json:"sealed,omitempty"`
	// Replacing are the places, from 0, of the resources that replace equal ones before them.
	Replacing []int              `json:"replacing,omitempty"`
	Problem   *rendering.Problem `json:"problem,omitempty"`
	// Needs are what would have to be fetched, where that is the problem.
	Needs []remote.Need `json:"needs,omitempty"`
}

// Renderer renders targets one after the other: the upstream libraries keep global state.
type Renderer struct {
	stores   gitfs.Stores
	archives remote.Archives
}

// Keep holds archives for the renders to come.
func (r *Renderer) Keep(params remote.KeepParams) remote.KeepReply { return r.archives.Keep(params) }

// give lets a file system have what was fetched of other places.
func (r *Renderer) give(disk *gitfs.FileSystem, inputs *remote.Inputs) {
	inputs.UseArchives(&r.archives)
	disk.UseRemotes(inputs, &r.stores)
}

// Render never fails as a call: what goes wrong is the target's problem.
func (r *Renderer) Render(params Params) (reply Reply) {
	r.stores.Rest()
	tree, err := r.stores.Tree(params.GitDir, params.Commit)
	if err != nil {
		return Reply{Trace: []gitfs.TraceEntry{}, Problem: rendering.ObjectMissing(err)}
	}
	disk := gitfs.New(tree, nil)
	r.give(disk, &params.Remotes)
	// Messages are cleaned by what was read; the source, too, may have a Secret's patch. By
	// this name all of its patches are looked at, not only those that say that they are one's.
	disk.Contents()["kustomization (source)"] = params.Source.own
	defer func() {
		if broken := recover(); broken != nil {
			reply = Reply{Problem: &rendering.Problem{Kind: "crash", Message: "The renderer failed on this target: " + redact.Message(gitfs.Unrooted(fmt.Sprint(broken)), disk.Contents())}}
		}
		reply.Trace = disk.Trace()
	}()
	items, err := params.Source.render(disk, params.Want == "origins")
	if err == nil {
		err = fill(&reply, items, params, disk)
	}
	if err == nil {
		reply.LeftOut = disk.LeftOut()
		return reply
	}
	reply = Reply{Problem: problemOf(err, disk)}
	reply.Sealed = params.Redaction.Seal(reply.Problem.Secrets)
	if reply.Problem.Kind == "remote" {
		reply.Needs = params.Remotes.Lacking()
	}
	return reply
}

// problemOf makes a problem of an error. Values of Secrets are taken out of it. Where the
// repository lacks an object, that is the problem, whatever error a tool made of it.
func problemOf(err error, disk *gitfs.FileSystem) *rendering.Problem {
	if missing := disk.Missing(); missing != nil {
		return rendering.ObjectMissing(missing)
	}
	problem := &rendering.Problem{Kind: "other", Message: err.Error()}
	errors.As(err, &problem)
	problem.Withhold(problem.Message, disk)
	return problem
}

// fill puts into the reply what was asked for. An item's YAML is kustomize's, so that a
// kustomization's manifests are the bytes that `kustomize build` prints.
func fill(reply *Reply, items []rendering.Item, params Params, disk *gitfs.FileSystem) error {
	nodes := make([]*yaml.RNode, 0, len(items))
	for _, item := range items {
		nodes = append(nodes, item.Node)
	}
	// All at once: a value may have copies in other resources.
	reply.Sealed = params.Redaction.Seal(params.Redaction.Resources(nodes))
	var manifests []string
	reply.Resources = make([]json.RawMessage, 0, len(items))
	for i, item := range items {
		if item.Replaces {
			reply.Replacing = append(reply.Replacing, i)
		}
		text, err := item.YAML()
		if err != nil {
			return kustomize.NotWritten(err, disk)
		}
		if params.Want == "manifests" {
			manifests = append(manifests, string(text))
			continue
		}
		// The API server's own reading of YAML, which differs from YAML 1.2 (`yes` is a boolean).
		object, err := kubernetes.YAMLToJSON(text)
		if err != nil {
			return err
		}
		if problem := beyondLimits(item.Node, object); problem != nil {
			return problem
		}
		reply.Resources = append(reply.Resources, object)
		if params.Want == "origins" {
			reply.Origins = append(reply.Origins, item.Origin.Complete())
		}
	}
	if params.Want == "manifests" {
		text := strings.Join(manifests, "---\n")
		reply.Manifests = &text
	}
	return nil
}
