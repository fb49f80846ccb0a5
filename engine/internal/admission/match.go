package admission

import (
	"fmt"
	"regexp"
	"slices"

	v1 "k8s.io/api/admissionregistration/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apiserver/pkg/admission"
	"k8s.io/apiserver/pkg/admission/plugin/webhook/predicates/rules"
)

// matches tells whether policy and binding apply to the request, or why that is unknown.
func (c *cluster) matches(hook hook, one *request) (matches bool, unknown string) {
	if rules.IsExemptAdmissionConfigurationResource(one) || hook.policy.spec.MatchConstraints == nil {
		return false, ""
	}
	reasons := ""
	for _, constraints := range []*v1.MatchResources{hook.policy.spec.MatchConstraints, hook.binding.Spec.MatchResources} {
		if constraints == nil {
			continue
		}
		matches, reason := c.constraintsMatch(constraints, one)
		if !matches && reason == "" {
			return false, ""
		}
		if reason != "" {
			reasons = reason
		}
	}
	if reasons == "" && one.unknown != "" && before.MatchString(hook.policy.text) {
		reasons = one.unknown
	}
	return reasons == "", reasons
}

// before finds expressions that look at what was before.
var before = regexp.MustCompile(`\boldObject\b|\brequest\s*\.\s*operation\b`)

func (c *cluster) constraintsMatch(constraints *v1.MatchResources, one *request) (matches bool, unknown string) {
	matches, unknown = rulesMatch(constraints, one)
	if !matches && unknown == "" {
		return false, ""
	}
	selected, err := objectSelected(constraints.ObjectSelector, one)
	if err != nil {
		return false, fmt.Sprintf("its objectSelector cannot be read: %v", err)
	}
	if !selected {
		return false, ""
	}
	selected, reason := c.namespaceSelected(constraints.NamespaceSelector, one)
	switch {
	case reason != "":
		return false, reason
	case !selected:
		return false, ""
	}
	return matches, unknown
}

// rulesMatch goes by the kind and operation. Where only a conversion to another version
// would match, or the operation is not known, the answer is unknown.
func rulesMatch(constraints *v1.MatchResources, one *request) (matches bool, unknown string) {
	if anyRule(constraints.ExcludeResourceRules, one, one.Attributes) {
		return false, ""
	}
	matches = len(constraints.ResourceRules) == 0 || anyRule(constraints.ResourceRules, one, one.Attributes)
	if one.unknown != "" && len(constraints.ResourceRules) > 0 {
		updated := one.attributes(one.GetNamespace(), admission.Update)
		if anyRule(constraints.ResourceRules, one, updated) != matches {
			return false, one.unknown
		}
	}
	exact := constraints.MatchPolicy != nil && *constraints.MatchPolicy == v1.Exact
	if matches || exact {
		return matches, ""
	}
	if anyRule(ofAnyVersion(constraints.ResourceRules), one, one.Attributes) {
		return false, fmt.Sprintf("it is written for another version of the kind than %s, which a cluster would convert", one.gvk.Version)
	}
	return false, ""
}

func ofAnyVersion(given []v1.NamedRuleWithOperations) []v1.NamedRuleWithOperations {
	wide := slices.Clone(given)
	for i := range wide {
		wide[i].APIVersions = []string{"*"}
	}
	return wide
}

func anyRule(given []v1.NamedRuleWithOperations, one *request, attributes admission.Attributes) bool {
	return slices.ContainsFunc(given, func(named v1.NamedRuleWithOperations) bool {
		matcher := rules.Matcher{Rule: named.RuleWithOperations, Attr: attributes}
		return matcher.Matches() && (len(named.ResourceNames) == 0 || slices.Contains(named.ResourceNames, one.GetName()))
	})
}

// objectSelected takes the labels of the new and of the old object.
func objectSelected(given *metav1.LabelSelector, one *request) (bool, error) {
	selector, err := selectorOf(given)
	if err != nil || selector.Empty() {
		return err == nil, err
	}
	if selector.Matches(labels.Set(one.object.GetLabels())) {
		return true, nil
	}
	return one.old != nil && selector.Matches(labels.Set(one.old.GetLabels())), nil
}

func selectorOf(given *metav1.LabelSelector) (labels.Selector, error) {
	if given == nil {
		return labels.Everything(), nil
	}
	return metav1.LabelSelectorAsSelector(given)
}

// namespaceSelected takes the labels of the object's namespace, which for a Namespace are its
// own. Objects without a namespace are always selected.
func (c *cluster) namespaceSelected(given *metav1.LabelSelector, one *request) (selected bool, unknown string) {
	selector, err := selectorOf(given)
	if err != nil {
		return false, fmt.Sprintf("its namespaceSelector cannot be read: %v", err)
	}
	if selector.Empty() || one.GetNamespace() == "" {
		return true, ""
	}
	if one.isNamespace() {
		return selector.Matches(withName(one.object.GetLabels(), one.GetName())), ""
	}
	namespace, known := c.namespaces[one.GetNamespace()]
	if known {
		return selector.Matches(withName(namespace.Labels, namespace.Name)), ""
	}
	requirements, _ := selector.Requirements()
	unknown = ""
	for _, requirement := range requirements {
		if requirement.Key() != corev1.LabelMetadataName {
			unknown = fmt.Sprintf("the labels of the namespace %s are not known, as no such Namespace is rendered", one.GetNamespace())
		} else if !requirement.Matches(withName(nil, one.GetNamespace())) {
			return false, ""
		}
	}
	return unknown == "", unknown
}

func withName(given map[string]string, name string) labels.Set {
	all := labels.Set{corev1.LabelMetadataName: name}
	for key, value := range given {
		all[key] = value
	}
	return all
}

// namespaceOf is the namespace that expressions see; a plain one where none is rendered.
func (c *cluster) namespaceOf(one *request) *corev1.Namespace {
	name := one.GetNamespace()
	if name == "" || one.isNamespace() {
		return nil
	}
	namespace := &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: name}}
	if known, ok := c.namespaces[name]; ok {
		namespace = known.DeepCopy()
	}
	namespace.Labels = withName(namespace.Labels, name)
	return namespace
}

// paramsFor finds the objects that the binding refers to; one nil where it refers to none.
func (c *cluster) paramsFor(hook hook, one *request) (params []runtime.Object, unknown string) {
	kind, ref := hook.policy.spec.ParamKind, hook.binding.Spec.ParamRef
	if kind == nil || ref == nil {
		return []runtime.Object{nil}, ""
	}
	selector, err := selectorOf(ref.Selector)
	if err != nil {
		return nil, fmt.Sprintf("the selector of its parameters cannot be read: %v", err)
	}
	for _, param := range c.params {
		object := param.object
		if object.GetAPIVersion() != kind.APIVersion || object.GetKind() != kind.Kind {
			continue
		}
		namespace := ref.Namespace
		if namespace == "" {
			namespace = one.GetNamespace()
		}
		if param.namespaced && object.GetNamespace() != namespace {
			continue
		}
		if ref.Name != "" && object.GetName() != ref.Name || ref.Name == "" && !selector.Matches(labels.Set(object.GetLabels())) {
			continue
		}
		if param.secret {
			return nil, fmt.Sprintf("the parameters of the binding %s (%s) have values that are hidden here", hook.binding.Name, kind.Kind)
		}
		params = append(params, object)
	}
	if len(params) == 0 {
		return nil, fmt.Sprintf("the parameters of the binding %s (%s) are not rendered", hook.binding.Name, kind.Kind)
	}
	return params, ""
}
