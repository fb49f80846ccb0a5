import { OPENSHIFT_SERVED } from './openshiftServed.mjs';
import { filledIn, manifests, openApiKinds } from './sources.mjs';

const OPENSHIFT = ['github.com/openshift/api', 'v0.0.0-20260213204242-d34f11c515b3'];
const GPU_OPERATOR = ['github.com/NVIDIA/gpu-operator', 'v0.0.0-20250917190837-d73a0086a6ba'];

/**
 * OpenShift has a manifest for each of its feature sets; the one for all features
 * (`CustomNoUpgrade`) has all that the others have.
 */
const ALL_FEATURES = '!(*-{Default,OKD,TechPreviewNoUpgrade,DevPreviewNoUpgrade}).crd.yaml';

/** Projects that make and run clusters, their nodes and what is installed in them. */
export const CLUSTER_PROJECTS = [
  {
    file: 'olm',
    title: 'Operator Lifecycle Manager',
    sources: [manifests('github.com/operator-framework/api', 'v0.30.0', 'crds/*.yaml')],
  },
  {
    file: 'openshift',
    title: 'OpenShift: routes, security, quotas, console, builds, images, users',
    sources: [
      openshift('{authorization,console,helm,monitoring,quota,sharedresource}/*'),
      // An admission plugin fills in security context constraints:
      // https://github.com/openshift/kubernetes/blob/master/openshift-kube-apiserver/admission/customresourcevalidation/securitycontextconstraints/defaulting_scc.go
      // And routes, the defaults of the API server that serves them.
      filledIn(openshift('{route,security}/*')),
      openApiKinds(...OPENSHIFT, { openApi: 'openapi/openapi.json', kinds: OPENSHIFT_SERVED }),
    ],
  },
  {
    file: 'openshift-config',
    title: 'OpenShift: configuration of the cluster',
    sources: [openshift('config/*')],
  },
  {
    file: 'openshift-operators',
    title: 'OpenShift: operators',
    sources: [
      openshift('{operator,imageregistry,insights,network,networkoperator,operatoringress,samples}/*'),
    ],
  },
  {
    file: 'openshift-machines',
    title: 'OpenShift: machines',
    sources: [openshift('{machine,machineconfiguration}/*')],
  },
  {
    file: 'cluster-api',
    title: 'Cluster API',
    sources: [
      manifests(
        'sigs.k8s.io/cluster-api',
        'v1.14.2',
        '{core,bootstrap/kubeadm,controlplane/kubeadm}/config/crd/bases/*.yaml',
      ),
      manifests('sigs.k8s.io/cluster-api', 'v1.14.2', 'cmd/clusterctl/config/crd/bases/*_providers.yaml'),
    ],
  },
  {
    file: 'open-cluster-management',
    title: 'Open Cluster Management',
    sources: [
      manifests('open-cluster-management.io/api', 'v1.0.0', '{addon,cluster,operator,work}/*/*.crd.yaml'),
    ],
  },
  {
    file: 'vertical-pod-autoscaler',
    title: 'Vertical Pod Autoscaler',
    sources: [manifests('k8s.io/autoscaler/vertical-pod-autoscaler', 'v1.8.1', 'deploy/vpa-v1-crd-gen.yaml')],
  },
  {
    file: 'node-feature-discovery',
    title: "Node Feature Discovery (from NVIDIA's chart)",
    sources: [
      manifests(...GPU_OPERATOR, 'deployments/gpu-operator/charts/node-feature-discovery/crds/*.yaml'),
    ],
  },
  {
    file: 'nvidia-gpu-operator',
    title: 'NVIDIA GPU Operator',
    sources: [manifests(...GPU_OPERATOR, 'config/crd/bases/*.yaml')],
  },
  {
    file: 'crossplane-kubernetes',
    title: "Crossplane's provider for Kubernetes",
    sources: [
      manifests('github.com/crossplane-contrib/provider-kubernetes', 'v1.4.1', 'package/crds/*.yaml'),
    ],
  },
];

function openshift(folders) {
  return manifests(...OPENSHIFT, `${folders}/zz_generated.crd-manifests/${ALL_FEATURES}`);
}
