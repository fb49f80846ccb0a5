package validation

import (
	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/install"
	"k8s.io/apiextensions-apiserver/pkg/registry/customresourcedefinition"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/kubernetes/pkg/api/legacyscheme"

	// Each registers the versions, defaults and conversions of its group.
	_ "k8s.io/kubernetes/pkg/apis/admissionregistration/install"
	_ "k8s.io/kubernetes/pkg/apis/apps/install"
	_ "k8s.io/kubernetes/pkg/apis/autoscaling/install"
	_ "k8s.io/kubernetes/pkg/apis/batch/install"
	_ "k8s.io/kubernetes/pkg/apis/certificates/install"
	_ "k8s.io/kubernetes/pkg/apis/coordination/install"
	_ "k8s.io/kubernetes/pkg/apis/core/install"
	_ "k8s.io/kubernetes/pkg/apis/discovery/install"
	_ "k8s.io/kubernetes/pkg/apis/extensions/install"
	_ "k8s.io/kubernetes/pkg/apis/flowcontrol/install"
	_ "k8s.io/kubernetes/pkg/apis/networking/install"
	_ "k8s.io/kubernetes/pkg/apis/node/install"
	_ "k8s.io/kubernetes/pkg/apis/policy/install"
	_ "k8s.io/kubernetes/pkg/apis/rbac/install"
	_ "k8s.io/kubernetes/pkg/apis/scheduling/install"
	_ "k8s.io/kubernetes/pkg/apis/storage/install"
	"k8s.io/kubernetes/pkg/registry/admissionregistration/mutatingwebhookconfiguration"
	"k8s.io/kubernetes/pkg/registry/admissionregistration/resolver"
	"k8s.io/kubernetes/pkg/registry/admissionregistration/validatingadmissionpolicy"
	"k8s.io/kubernetes/pkg/registry/admissionregistration/validatingadmissionpolicybinding"
	"k8s.io/kubernetes/pkg/registry/admissionregistration/validatingwebhookconfiguration"
	"k8s.io/kubernetes/pkg/registry/apps/controllerrevision"
	"k8s.io/kubernetes/pkg/registry/apps/daemonset"
	"k8s.io/kubernetes/pkg/registry/apps/deployment"
	"k8s.io/kubernetes/pkg/registry/apps/replicaset"
	"k8s.io/kubernetes/pkg/registry/apps/statefulset"
	"k8s.io/kubernetes/pkg/registry/autoscaling/horizontalpodautoscaler"
	"k8s.io/kubernetes/pkg/registry/batch/cronjob"
	"k8s.io/kubernetes/pkg/registry/batch/job"
	"k8s.io/kubernetes/pkg/registry/certificates/certificates"
	"k8s.io/kubernetes/pkg/registry/certificates/clustertrustbundle"
	"k8s.io/kubernetes/pkg/registry/coordination/lease"
	"k8s.io/kubernetes/pkg/registry/core/configmap"
	"k8s.io/kubernetes/pkg/registry/core/endpoint"
	"k8s.io/kubernetes/pkg/registry/core/event"
	"k8s.io/kubernetes/pkg/registry/core/limitrange"
	"k8s.io/kubernetes/pkg/registry/core/namespace"
	"k8s.io/kubernetes/pkg/registry/core/node"
	"k8s.io/kubernetes/pkg/registry/core/persistentvolume"
	"k8s.io/kubernetes/pkg/registry/core/persistentvolumeclaim"
	"k8s.io/kubernetes/pkg/registry/core/pod"
	"k8s.io/kubernetes/pkg/registry/core/podtemplate"
	"k8s.io/kubernetes/pkg/registry/core/replicationcontroller"
	"k8s.io/kubernetes/pkg/registry/core/resourcequota"
	"k8s.io/kubernetes/pkg/registry/core/secret"
	"k8s.io/kubernetes/pkg/registry/core/service"
	"k8s.io/kubernetes/pkg/registry/core/serviceaccount"
	"k8s.io/kubernetes/pkg/registry/discovery/endpointslice"
	"k8s.io/kubernetes/pkg/registry/flowcontrol/flowschema"
	"k8s.io/kubernetes/pkg/registry/flowcontrol/prioritylevelconfiguration"
	"k8s.io/kubernetes/pkg/registry/networking/ingress"
	"k8s.io/kubernetes/pkg/registry/networking/ingressclass"
	"k8s.io/kubernetes/pkg/registry/networking/ipaddress"
	"k8s.io/kubernetes/pkg/registry/networking/networkpolicy"
	"k8s.io/kubernetes/pkg/registry/networking/servicecidr"
	"k8s.io/kubernetes/pkg/registry/node/runtimeclass"
	"k8s.io/kubernetes/pkg/registry/policy/poddisruptionbudget"
	"k8s.io/kubernetes/pkg/registry/rbac/clusterrole"
	"k8s.io/kubernetes/pkg/registry/rbac/clusterrolebinding"
	"k8s.io/kubernetes/pkg/registry/rbac/role"
	"k8s.io/kubernetes/pkg/registry/rbac/rolebinding"
	"k8s.io/kubernetes/pkg/registry/scheduling/priorityclass"
	"k8s.io/kubernetes/pkg/registry/storage/csidriver"
	"k8s.io/kubernetes/pkg/registry/storage/csinode"
	"k8s.io/kubernetes/pkg/registry/storage/csistoragecapacity"
	"k8s.io/kubernetes/pkg/registry/storage/storageclass"
	"k8s.io/kubernetes/pkg/registry/storage/volumeattachment"
	"k8s.io/kubernetes/pkg/registry/storage/volumeattributesclass"
)

// resource is how the API server takes in a kind.
type resource struct {
	strategy rest.RESTCreateStrategy
	scheme   *runtime.Scheme
	codecs   serializer.CodecFactory
}

// resources are the kinds that can be validated without a cluster.
var resources = map[schema.GroupKind]resource{
	{Group: "", Kind: "Pod"}:                                                          {pod.Strategy, legacyscheme.Scheme, legacyscheme.Codecs},
	{Group: "", Kind: "Service"}:                                                      {service.Strategy, legacyscheme.Scheme, legacyscheme.Codecs},
	{Group: "", Kind: "ConfigMap"}:                                                    {configmap.Strategy, legacyscheme.Scheme, legacyscheme.Codecs},
	{Group: "", Kind: "Secret"}:                                                       {secret.Strategy, legacyscheme.Scheme, legacyscheme.Codecs},
	{Group: "", Kind: "Namespace"}:                                                    {namespace.Strategy, legacyscheme.Scheme, legacyscheme.Codecs},
	{Group: "", Kind: "Node"}:                                                         {node.Strategy, legacyscheme.Scheme, legacyscheme.Codecs},
	{Group: "", Kind: "PersistentVolume"}:                                             {persistentvolume.Strategy, legacyscheme.Scheme, legacyscheme.Codecs},
	{Group: "", Kind: "PersistentVolumeClaim"}:                                        {persistentvolumeclaim.Strategy, legacyscheme.Scheme, legacyscheme.Codecs},
	{Group: "", Kind: "ServiceAccount"}:                                               {serviceaccount.Strategy, legacyscheme.Scheme, legacyscheme.Codecs},
	{Group: "", Kind: "LimitRange"}:                                                   {limitrange.Strategy, legacyscheme.Scheme, legacyscheme.Codecs},
	{Group: "", Kind: "ResourceQuota"}:                                                {resourcequota.Strategy, legacyscheme.Scheme, legacyscheme.Codecs},
	{Group: "", Kind: "ReplicationController"}:                                        {replicationcontroller.Strategy, legacyscheme.Scheme, legacyscheme.Codecs},
	{Group: "", Kind: "PodTemplate"}:                                                  {podtemplate.Strategy, legacyscheme.Scheme, legacyscheme.Codecs},
	{Group: "", Kind: "Endpoints"}:                                                    {endpoint.Strategy, legacyscheme.Scheme, legacyscheme.Codecs},
	{Group: "", Kind: "Event"}:                                                        {event.Strategy, legacyscheme.Scheme, legacyscheme.Codecs},
	{Group: "apps", Kind: "Deployment"}:                                               {deployment.Strategy, legacyscheme.Scheme, legacyscheme.Codecs},
	{Group: "apps", Kind: "StatefulSet"}:                                              {statefulset.Strategy, legacyscheme.Scheme, legacyscheme.Codecs},
	{Group: "apps", Kind: "DaemonSet"}:                                                {daemonset.Strategy, legacyscheme.Scheme, legacyscheme.Codecs},
	{Group: "apps", Kind: "ReplicaSet"}:                                               {replicaset.Strategy, legacyscheme.Scheme, legacyscheme.Codecs},
	{Group: "apps", Kind: "ControllerRevision"}:                                       {controllerrevision.Strategy, legacyscheme.Scheme, legacyscheme.Codecs},
	{Group: "batch", Kind: "Job"}:                                                     {job.Strategy, legacyscheme.Scheme, legacyscheme.Codecs},
	{Group: "batch", Kind: "CronJob"}:                                                 {cronjob.Strategy, legacyscheme.Scheme, legacyscheme.Codecs},
	{Group: "autoscaling", Kind: "HorizontalPodAutoscaler"}:                           {horizontalpodautoscaler.Strategy, legacyscheme.Scheme, legacyscheme.Codecs},
	{Group: "networking.k8s.io", Kind: "Ingress"}:                                     {ingress.Strategy, legacyscheme.Scheme, legacyscheme.Codecs},
	{Group: "networking.k8s.io", Kind: "IngressClass"}:                                {ingressclass.Strategy, legacyscheme.Scheme, legacyscheme.Codecs},
	{Group: "networking.k8s.io", Kind: "NetworkPolicy"}:                               {networkpolicy.Strategy, legacyscheme.Scheme, legacyscheme.Codecs},
	{Group: "networking.k8s.io", Kind: "ServiceCIDR"}:                                 {servicecidr.Strategy, legacyscheme.Scheme, legacyscheme.Codecs},
	{Group: "networking.k8s.io", Kind: "IPAddress"}:                                   {ipaddress.Strategy, legacyscheme.Scheme, legacyscheme.Codecs},
	{Group: "policy", Kind: "PodDisruptionBudget"}:                                    {poddisruptionbudget.Strategy, legacyscheme.Scheme, legacyscheme.Codecs},
	{Group: "rbac.authorization.k8s.io", Kind: "Role"}:                                {role.Strategy, legacyscheme.Scheme, legacyscheme.Codecs},
	{Group: "rbac.authorization.k8s.io", Kind: "RoleBinding"}:                         {rolebinding.Strategy, legacyscheme.Scheme, legacyscheme.Codecs},
	{Group: "rbac.authorization.k8s.io", Kind: "ClusterRole"}:                         {clusterrole.Strategy, legacyscheme.Scheme, legacyscheme.Codecs},
	{Group: "rbac.authorization.k8s.io", Kind: "ClusterRoleBinding"}:                  {clusterrolebinding.Strategy, legacyscheme.Scheme, legacyscheme.Codecs},
	{Group: "storage.k8s.io", Kind: "StorageClass"}:                                   {storageclass.Strategy, legacyscheme.Scheme, legacyscheme.Codecs},
	{Group: "storage.k8s.io", Kind: "CSIDriver"}:                                      {csidriver.Strategy, legacyscheme.Scheme, legacyscheme.Codecs},
	{Group: "storage.k8s.io", Kind: "CSINode"}:                                        {csinode.Strategy, legacyscheme.Scheme, legacyscheme.Codecs},
	{Group: "storage.k8s.io", Kind: "CSIStorageCapacity"}:                             {csistoragecapacity.Strategy, legacyscheme.Scheme, legacyscheme.Codecs},
	{Group: "storage.k8s.io", Kind: "VolumeAttachment"}:                               {volumeattachment.Strategy, legacyscheme.Scheme, legacyscheme.Codecs},
	{Group: "storage.k8s.io", Kind: "VolumeAttributesClass"}:                          {volumeattributesclass.Strategy, legacyscheme.Scheme, legacyscheme.Codecs},
	{Group: "scheduling.k8s.io", Kind: "PriorityClass"}:                               {priorityclass.Strategy, legacyscheme.Scheme, legacyscheme.Codecs},
	{Group: "node.k8s.io", Kind: "RuntimeClass"}:                                      {runtimeclass.Strategy, legacyscheme.Scheme, legacyscheme.Codecs},
	{Group: "discovery.k8s.io", Kind: "EndpointSlice"}:                                {endpointslice.Strategy, legacyscheme.Scheme, legacyscheme.Codecs},
	{Group: "coordination.k8s.io", Kind: "Lease"}:                                     {lease.Strategy, legacyscheme.Scheme, legacyscheme.Codecs},
	{Group: "certificates.k8s.io", Kind: "CertificateSigningRequest"}:                 {certificates.Strategy, legacyscheme.Scheme, legacyscheme.Codecs},
	{Group: "certificates.k8s.io", Kind: "ClusterTrustBundle"}:                        {clustertrustbundle.Strategy, legacyscheme.Scheme, legacyscheme.Codecs},
	{Group: "flowcontrol.apiserver.k8s.io", Kind: "FlowSchema"}:                       {flowschema.Strategy, legacyscheme.Scheme, legacyscheme.Codecs},
	{Group: "flowcontrol.apiserver.k8s.io", Kind: "PriorityLevelConfiguration"}:       {prioritylevelconfiguration.Strategy, legacyscheme.Scheme, legacyscheme.Codecs},
	{Group: "admissionregistration.k8s.io", Kind: "MutatingWebhookConfiguration"}:     {mutatingwebhookconfiguration.Strategy, legacyscheme.Scheme, legacyscheme.Codecs},
	{Group: "admissionregistration.k8s.io", Kind: "ValidatingWebhookConfiguration"}:   {validatingwebhookconfiguration.Strategy, legacyscheme.Scheme, legacyscheme.Codecs},
	{Group: "admissionregistration.k8s.io", Kind: "ValidatingAdmissionPolicy"}:        {validatingadmissionpolicy.NewStrategy(nil, guessed), legacyscheme.Scheme, legacyscheme.Codecs},
	{Group: "admissionregistration.k8s.io", Kind: "ValidatingAdmissionPolicyBinding"}: {validatingadmissionpolicybinding.NewStrategy(nil, nil, guessed), legacyscheme.Scheme, legacyscheme.Codecs},
	{Group: "apiextensions.k8s.io", Kind: "CustomResourceDefinition"}: {
		customresourcedefinition.NewStrategy(definitions), definitions, serializer.NewCodecFactory(definitions),
	},
}

// definitions knows CustomResourceDefinitions, which are not of Kubernetes' own scheme.
var definitions = func() *runtime.Scheme {
	scheme := runtime.NewScheme()
	apiextensions.Install(scheme)
	return scheme
}()

// guessed keeps the strategies of policies from refusing those with parameters. They resolve a
// kind to ask whether the user may read it, and ask nobody without an authorizer.
var guessed = resolver.ResourceResolverFunc(func(kind schema.GroupVersionKind) (schema.GroupVersionResource, error) {
	resource, _ := meta.UnsafeGuessKindToResource(kind)
	return resource, nil
})
