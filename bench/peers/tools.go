//go:build tools

// Package peers pins the programs that Hydrant is measured and compared against.
package peers

import (
	_ "github.com/open-policy-agent/conftest"
	_ "github.com/yannh/kubeconform/cmd/kubeconform"
	_ "helm.sh/helm/v4/cmd/helm"
	_ "sigs.k8s.io/kustomize/kustomize/v5"
)
