package validation

import (
	"fmt"

	"k8s.io/apimachinery/pkg/util/version"
	utilfeature "k8s.io/apiserver/pkg/util/feature"
	"k8s.io/component-base/featuregate"
)

// emulate sets the feature gates to what they are by default in a minor version, as the API
// server's --emulated-version does: a rule that came later does not count, and a field that
// was off is dropped before it is judged. The engine serves one request at a time; what is
// returned sets the gates back, which others read too.
func emulate(minor string) (restore func(), err error) {
	wanted, err := version.ParseMajorMinor(minor)
	if err != nil {
		return nil, fmt.Errorf("%q is no minor version of Kubernetes", minor)
	}
	gates, ok := utilfeature.DefaultMutableFeatureGate.(featuregate.MutableVersionedFeatureGate)
	if !ok {
		return nil, fmt.Errorf("the feature gates of Kubernetes have no versions")
	}
	own := gates.EmulationVersion()
	if err := gates.SetEmulationVersion(wanted); err != nil {
		return nil, err
	}
	return func() { _ = gates.SetEmulationVersion(own) }, nil
}
