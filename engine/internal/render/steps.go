package render

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	release "helm.sh/helm/v4/pkg/release/v1"
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"hydrant/engine/internal/flux"
	"hydrant/engine/internal/gitfs"
	"hydrant/engine/internal/kustomize"
	"hydrant/engine/internal/rendering"
)

// step is something that is done with rendered resources.
type step interface {
	apply(disk *gitfs.FileSystem, items []rendering.Item) ([]rendering.Item, error)
}

// Steps are done in order.
type Steps []step

// named is what all steps have.
type named struct {
	Step string `json:"step"`
}

// Variants are all steps.
func (s *Steps) Variants() [][]any {
	return [][]any{
		{named{}, defaultNamespace{}},
		{named{}, substitute{}},
		{named{}, postRender{}},
		{named{}, metadata{}},
	}
}

// UnmarshalJSON makes each step that its field `step` names.
func (s *Steps) UnmarshalJSON(text []byte) error {
	var all []json.RawMessage
	if err := json.Unmarshal(text, &all); err != nil {
		return err
	}
	for _, one := range all {
		var named named
		if err := json.Unmarshal(one, &named); err != nil {
			return err
		}
		var made step
		switch named.Step {
		case "defaultNamespace":
			made = &defaultNamespace{}
		case "substitute":
			made = &substitute{}
		case "kustomize":
			made = &postRender{}
		case "metadata":
			made = &metadata{}
		default:
			return fmt.Errorf("unknown step %q", named.Step)
		}
		if err := json.Unmarshal(one, made); err != nil {
			return fmt.Errorf("step %s: %w", named.Step, err)
		}
		*s = append(*s, made)
	}
	return nil
}

// areArgos tells whether they are those of an Application.
func (s Steps) areArgos() bool {
	return slices.ContainsFunc(s, func(one step) bool {
		_, ok := one.(*defaultNamespace)
		return ok
	})
}

func (s Steps) apply(disk *gitfs.FileSystem, items []rendering.Item) ([]rendering.Item, error) {
	var err error
	for _, one := range s {
		before := items
		if items, err = one.apply(disk, items); err != nil {
			remember(disk, before)
			return nil, err
		}
	}
	return items, nil
}

// remember keeps what a step failed on, for its message to be cleaned by: no file has the
// Secrets that a chart makes.
func remember(disk *gitfs.FileSystem, items []rendering.Item) {
	for i, item := range items {
		// What cannot be written is not quoted either.
		if text, err := item.YAML(); err == nil {
			disk.Contents()[fmt.Sprintf("rendered/%d", i)] = text
		}
	}
}

// substitute is Flux's postBuild.
type substitute struct{ flux.Substitution }

func (s *substitute) apply(_ *gitfs.FileSystem, items []rendering.Item) ([]rendering.Item, error) {
	for _, item := range items {
		if err := s.Substitute(item.Node); err != nil {
			return nil, err
		}
	}
	return items, nil
}

// postRender makes the resources those of a kustomization.
type postRender struct {
	Edits kustomize.Edits `json:"edits"`
	Hooks hooks           `json:"hooks,omitempty"`
}

func (p *postRender) apply(disk *gitfs.FileSystem, items []rendering.Item) ([]rendering.Item, error) {
	return p.Hooks.apart(items, func(items []rendering.Item) ([]rendering.Item, error) {
		return kustomize.PostRender(disk, items, p.Edits)
	})
}

// hooks tells what a step does with a chart's hooks, as Helm's PostRenderStrategy: empty for
// together with the rest, `separate`, or `omit` for nothing.
type hooks string

// apart does a step with the items that are no hooks, and with hooks what is wanted.
func (h hooks) apart(items []rendering.Item, do func([]rendering.Item) ([]rendering.Item, error)) ([]rendering.Item, error) {
	if h == "" {
		return do(items)
	}
	var rest, of []rendering.Item
	for _, item := range items {
		if _, isHook := item.Node.GetAnnotations()[release.HookAnnotation]; isHook {
			of = append(of, item)
		} else {
			rest = append(rest, item)
		}
	}
	rest, err := do(rest)
	if err == nil && h == "separate" && len(of) > 0 {
		of, err = do(of)
	}
	return append(rest, of...), err
}

// metadata puts labels and annotations on the resources themselves.
type metadata struct {
	Labels      map[string]string `json:"labels,omitempty"`
	Annotations map[string]string `json:"annotations,omitempty"`
	Hooks       hooks             `json:"hooks,omitempty"`
}

func (m *metadata) apply(_ *gitfs.FileSystem, items []rendering.Item) ([]rendering.Item, error) {
	return m.Hooks.apart(items, m.put)
}

func (m *metadata) put(items []rendering.Item) ([]rendering.Item, error) {
	for _, item := range items {
		if len(m.Labels) > 0 {
			if err := item.Node.SetLabels(with(item.Node.GetLabels(), m.Labels)); err != nil {
				return nil, err
			}
		}
		if len(m.Annotations) > 0 {
			if err := item.Node.SetAnnotations(with(item.Node.GetAnnotations(), m.Annotations)); err != nil {
				return nil, err
			}
		}
	}
	return items, nil
}

func with(one, other map[string]string) map[string]string {
	all := maps.Clone(one)
	if all == nil {
		all = map[string]string{}
	}
	maps.Copy(all, other)
	return all
}

// defaultNamespace does what Argo CD does with an Application's resources: a namespaced one
// without namespace gets the destination's, a cluster-scoped one loses its own, and of those
// that are then equal the last counts.
type defaultNamespace struct {
	Namespace     string   `json:"namespace"`
	ClusterScoped []string `json:"clusterScoped"`
}

func (d *defaultNamespace) apply(_ *gitfs.FileSystem, items []rendering.Item) ([]rendering.Item, error) {
	if err := noLists(items); err != nil {
		return nil, err
	}
	scopes := scopesOf(items, d.ClusterScoped)
	for _, item := range items {
		var err error
		switch namespace := item.Node.GetNamespace(); {
		case !scopes.namespaced(item.Node):
			err = item.Node.PipeE(yaml.Lookup("metadata"), yaml.Clear("namespace"))
		case namespace == "" && d.Namespace != "":
			err = item.Node.SetNamespace(d.Namespace)
		}
		if err != nil {
			return nil, err
		}
	}
	return lastOfEach(items), nil
}

// groupOf is the API group of a resource; empty for the core group.
func groupOf(apiVersion string) string {
	if group, _, ok := strings.Cut(apiVersion, "/"); ok {
		return group
	}
	return ""
}
