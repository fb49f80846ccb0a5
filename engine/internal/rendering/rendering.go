// Package rendering has the words that all renderers share: what is rendered, where it
// comes from, and why it could not be. src/model/rendering.ts is the other side.
package rendering

import (
	"sigs.k8s.io/kustomize/kyaml/yaml"
	kubernetes "sigs.k8s.io/yaml"
)

// Item is one rendered resource.
type Item struct {
	Node *yaml.RNode
	// Origin is empty unless origins were asked for, or cost nothing.
	Origin Origin
	// Replaces is true where others of the same identity came before it and are left out.
	Replaces bool
}

// YAML is what kustomize makes of a resource (resource.Resource.AsYAML).
func (i Item) YAML() ([]byte, error) {
	text, err := i.Node.MarshalJSON()
	if err != nil {
		return nil, err
	}
	return kubernetes.JSONToYAML(text)
}

// Origin tells where a resource comes from. Paths start at the root of the repository.
type Origin struct {
	Path            *string          `json:"path"`
	ConfiguredIn    *string          `json:"configuredIn"`
	Generator       *string          `json:"generator"`
	Transformations []Transformation `json:"transformations"`
	// Lines are those of a chart's templates that give the resource's fields.
	Lines []Line `json:"lines,omitempty"`
	// Remote is set for what another place declares or generates; ConfiguredIn is then the
	// kustomization of the commit that leads there.
	Remote *Remote `json:"remote,omitempty"`
}

// Line is the line of a file that gives a field, named by a JSON pointer.
type Line struct {
	Field string `json:"field"`
	Path  string `json:"path"`
	Line  int    `json:"line"`
}

// Remote is a place outside of the commit.
type Remote struct {
	// Address is the file's, and the entry what the kustomization names it, or its folder, by.
	Address string `json:"address"`
	Entry   string `json:"entry"`
}

// In is the origin of what is made of another repository.
func In(address string, origin Origin) Origin {
	elsewhere := Origin{Generator: origin.Generator, Transformations: []Transformation{}, Remote: origin.Remote}
	if elsewhere.Remote == nil {
		elsewhere.Remote = &Remote{Address: address}
	}
	return elsewhere
}

// Complete has an empty list in place of none, for the client.
func (o Origin) Complete() Origin {
	if o.Transformations == nil {
		o.Transformations = []Transformation{}
	}
	return o
}

// Transformation is one step that touched a resource.
type Transformation struct {
	ConfiguredIn string `json:"configuredIn"`
	Transformer  string `json:"transformer"`
}

// What a chart wants that does not render with the values it has.
const (
	// MoreValues is for a value that is missing.
	MoreValues = "more"
	// OtherValues is for `fail`, which may be about a missing value or about one that is given.
	OtherValues = "other"
)

// Problem is why a target did not render. It is an error, so that it can travel as one.
type Problem struct {
	Kind    string  `json:"kind"`
	Message string  `json:"message"`
	Path    *string `json:"path"`
	Line    *int    `json:"line"`
	Subject *string `json:"subject"`
	// WantsValues is [MoreValues] or [OtherValues] where a chart may render with them.
	WantsValues string `json:"wantsValues,omitempty"`
	// Secrets are texts of the input that may be values of Secrets, and that the message may
	// have in another form. They never leave the process but sealed.
	Secrets []string `json:"-"`
}

func (p *Problem) Error() string { return p.Message }

// In is the same problem of files of another repository: no line of the commit has it.
func (p *Problem) In(address string) *Problem {
	p.Path, p.Line = nil, nil
	if p.Kind != "remote" {
		p.Message = "In " + address + ": " + p.Message
	}
	return p
}

// ObjectMissing is the problem of a repository that lacks what a commit needs.
func ObjectMissing(err error) *Problem {
	return &Problem{Kind: "object-missing", Message: "The repository's copy is incomplete: " + err.Error() + "."}
}

// ProblemKinds are all kinds that a Problem may have, the client's own included.
var ProblemKinds = []string{
	"syntax", "missing-file", "not-a-directory", "no-kustomization", "cycle", "patch-target",
	"duplicate-resource", "invalid-resource", "invalid-kustomization", "invalid-chart", "template",
	"invalid-values", "missing-dependency", "substitution", "remote", "not-followed", "unsupported", "forbidden-path", "object-missing",
	"timeout", "memory", "crash", "other",
}
