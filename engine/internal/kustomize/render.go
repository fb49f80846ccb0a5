// Package kustomize renders a folder of a commit with the upstream library, as
// `kustomize build` does with its defaults.
package kustomize

import (
	"encoding/json"
	"fmt"

	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/api/resmap"
	"sigs.k8s.io/kustomize/kyaml/openapi"
	kyaml "sigs.k8s.io/kustomize/kyaml/yaml"
	"sigs.k8s.io/yaml"

	"hydrant/engine/internal/confine"
	"hydrant/engine/internal/gitfs"
	"hydrant/engine/internal/redact"
)

// Params asks for one folder of a commit.
type Params struct {
	GitDir    string           `json:"gitDir"`
	Commit    string           `json:"commit"`
	Path      string           `json:"path"`
	Redaction redact.Redaction `json:"redaction"`
	// Want is resources, manifests or origins (which includes resources).
	Want string `json:"want"`
}

// Reply has what was asked for, or the problem; the trace in any case.
type Reply struct {
	Trace     []gitfs.TraceEntry `json:"trace"`
	Resources []json.RawMessage  `json:"resources,omitempty"`
	Manifests *string            `json:"manifests,omitempty"`
	Origins   []Origin           `json:"origins,omitempty"`
	Problem   *Problem           `json:"problem,omitempty"`
}

// Renderer renders targets one after the other: kustomize keeps global state.
type Renderer struct {
	stores gitfs.Stores
}

// Render never fails as a call: what goes wrong is the target's problem.
func (r *Renderer) Render(params Params) (reply Reply) {
	tree, err := r.stores.Tree(params.GitDir, params.Commit)
	if err != nil {
		return Reply{Trace: []gitfs.TraceEntry{}, Problem: objectMissing(err)}
	}
	files := newSources(params)
	disk := gitfs.New(tree, files.read)
	defer func() {
		reply.Trace = disk.Trace()
		if broken := recover(); broken != nil {
			reply.Resources, reply.Manifests, reply.Origins = nil, nil, nil
			reply.Problem = &Problem{Kind: "crash", Message: "The kustomize library failed on this target: " + redact.Message(gitfs.Unrooted(fmt.Sprint(broken)), files.all)}
		}
	}()
	// An overlay's own `openapi` field must not reach the next target.
	openapi.ResetOpenAPI()
	confine.TakeRefused()
	resources, err := krusty.MakeKustomizer(buildOptions()).Run(gitfs.NewRooted(disk), gitfs.RootedPath(params.Path))
	if err == nil {
		err = fill(&reply, resources, params)
	}
	if err != nil {
		reply.Problem = withheld(gitfs.UnrootedError(err), failure{disk: disk, files: files.all, target: params.Path})
	}
	return reply
}

// buildOptions are those of `kustomize build` without flags: it sorts resources, unless the
// kustomization has sortOptions.
func buildOptions() *krusty.Options {
	options := krusty.MakeDefaultOptions()
	options.Reorder = krusty.ReorderOptionUnspecified
	return options
}

func fill(reply *Reply, resources resmap.ResMap, params Params) error {
	if params.Want == "origins" {
		if err := takeOrigins(reply, resources, params.Path); err != nil {
			return err
		}
	}
	nodes := make([]*kyaml.RNode, 0, resources.Size())
	for _, resource := range resources.Resources() {
		nodes = append(nodes, &resource.RNode)
	}
	params.Redaction.Resources(nodes)
	if params.Want == "manifests" {
		manifests, err := resources.AsYaml()
		text := string(manifests)
		reply.Manifests = &text
		return err
	}
	reply.Resources = make([]json.RawMessage, 0, resources.Size())
	for _, resource := range resources.Resources() {
		text, err := resource.AsYAML()
		if err != nil {
			return err
		}
		// The API server's own reading of YAML, which differs from YAML 1.2 (`yes` is a boolean).
		object, err := yaml.YAMLToJSON(text)
		if err != nil {
			return err
		}
		reply.Resources = append(reply.Resources, object)
	}
	return nil
}
