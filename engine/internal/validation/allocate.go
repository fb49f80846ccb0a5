package validation

import (
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/kubernetes/pkg/api/service"
	core "k8s.io/kubernetes/pkg/apis/core"
)

// firstNodePort is the first of --service-node-port-range's default.
const firstNodePort = 30000

// allocate fills in what the API server gives an object before its rules are asked. Of all
// built-in kinds only a Service has a hook that does so (genericregistry.Store.BeginCreate):
// pkg/registry/core/service/storage/storage.go, beginCreate. What a rule only asks to be absent
// or free, such as an address or a port, is left out.
func allocate(object runtime.Object) {
	svc, ok := object.(*core.Service)
	if !ok {
		return
	}
	if svc.Spec.ClusterIP != "" && len(svc.Spec.ClusterIPs) == 0 {
		svc.Spec.ClusterIPs = []string{svc.Spec.ClusterIP}
	}
	if service.NeedsHealthCheck(svc) && svc.Spec.HealthCheckNodePort == 0 {
		svc.Spec.HealthCheckNodePort = firstNodePort
	}
}
