import { CLUSTER_PROJECTS } from './clusterProjects.mjs';
import { NETWORK_PROJECTS } from './networkProjects.mjs';
import { manifests, openApiKinds, types } from './sources.mjs';
import { WORKLOAD_PROJECTS } from './workloadProjects.mjs';

/** From the type sources of Flux, whose controllers' own modules the registry does not carry. */
const FLUX = 'github.com/fluxcd';

/** Their CustomResourceDefinitions allow any field, which the controllers then do not read. */
const ARGO_EVENTS_KINDS = ['EventBus', 'EventSource', 'Sensor'].map((kind) => ({
  group: 'argoproj.io',
  version: 'v1alpha1',
  kind,
  scope: 'Namespaced',
  type: `io.argoproj.events.v1alpha1.${kind}`,
}));

/**
 * What the catalogue is made from, one file for each entry. The first source that has a version
 * of a kind gives it; later ones add versions that newer releases no longer serve.
 *
 * A source is a Go module with the paths of its CustomResourceDefinition manifests, as globs,
 * or (`packages`) with the Go types that upstream generates its manifests from, or (`openApi`)
 * with an OpenAPI document of kinds that have no manifest.
 */
export const PROJECTS = [
  {
    file: 'argo-cd',
    title: 'Argo CD',
    sources: [manifests('github.com/argoproj/argo-cd/v3', 'v3.6.1', 'manifests/crds/*-crd.yaml')],
  },
  {
    file: 'argo-rollouts',
    title: 'Argo Rollouts',
    sources: [manifests('github.com/argoproj/argo-rollouts', 'v1.10.2', 'manifests/crds/*-crd.yaml')],
  },
  {
    file: 'argo-workflows',
    title: 'Argo Workflows',
    sources: [
      manifests('github.com/argoproj/argo-workflows/v4', 'v4.0.5', 'manifests/base/crds/full/*.yaml'),
    ],
  },
  {
    file: 'argo-events',
    title: 'Argo Events',
    sources: [
      openApiKinds('github.com/argoproj/argo-events', 'v1.9.7', {
        openApi: 'api/openapi-spec/swagger.json',
        kinds: ARGO_EVENTS_KINDS,
      }),
    ],
  },
  {
    file: 'argo-image-updater',
    title: 'Argo CD Image Updater',
    sources: [
      manifests('github.com/argoproj-labs/argocd-image-updater', 'v1.0.0', 'config/crd/bases/*.yaml'),
    ],
  },
  {
    file: 'flux',
    title: 'Flux',
    sources: [
      manifests(`${FLUX}/source-controller`, 'v1.10.1', 'config/crd/bases/*.yaml'),
      manifests(`${FLUX}/kustomize-controller`, 'v1.10.1', 'config/crd/bases/*.yaml'),
      types(`${FLUX}/helm-controller/api`, 'v1.6.5'),
      types(`${FLUX}/notification-controller/api`, 'v1.9.4'),
      types(`${FLUX}/image-automation-controller/api`, 'v1.2.5'),
      types(`${FLUX}/image-reflector-controller/api`, 'v1.2.5'),
      types(`${FLUX}/source-watcher/api/v2`, 'v2.2.4'),
      // The versions that Flux 2.6 still serves.
      types(`${FLUX}/source-controller/api`, 'v1.6.2'),
      manifests(`${FLUX}/kustomize-controller`, 'v1.6.0', 'config/crd/bases/*.yaml'),
      types(`${FLUX}/helm-controller/api`, 'v1.3.0'),
      manifests(`${FLUX}/notification-controller`, 'v1.6.0', 'config/crd/bases/*.yaml'),
      types(`${FLUX}/image-automation-controller/api`, 'v0.41.2'),
      types(`${FLUX}/image-reflector-controller/api`, 'v0.35.2'),
    ],
  },
  {
    file: 'flagger',
    title: 'Flagger',
    sources: [manifests(`${FLUX}/flagger`, 'v1.36.1', 'artifacts/flagger/crd.yaml')],
  },
  {
    file: 'cert-manager',
    title: 'cert-manager',
    sources: [manifests('github.com/cert-manager/cert-manager', 'v1.21.2', 'deploy/crds/*.yaml')],
  },
  {
    file: 'trust-manager',
    title: 'trust-manager',
    sources: [manifests('github.com/cert-manager/trust-manager', 'v0.25.0', 'deploy/crds/*.yaml')],
  },
  {
    file: 'external-secrets',
    title: 'External Secrets',
    sources: [
      manifests('github.com/external-secrets/external-secrets', 'v1.3.2', 'config/crds/bases/*.yaml'),
      // The last that serves v1beta1.
      manifests('github.com/external-secrets/external-secrets', 'v0.16.2', 'config/crds/bases/*.yaml'),
    ],
  },
  {
    file: 'sealed-secrets',
    title: 'Sealed Secrets',
    sources: [
      manifests('github.com/bitnami-labs/sealed-secrets', 'v0.40.0', 'helm/sealed-secrets/crds/*.yaml'),
    ],
  },
  {
    file: 'keda',
    title: 'KEDA',
    sources: [manifests('github.com/kedacore/keda/v2', 'v2.21.0', 'config/crd/bases/*.yaml')],
  },
  {
    file: 'knative',
    title: 'Knative',
    sources: [
      manifests('knative.dev/serving', 'v0.51.0', 'config/core/300-resources/*.yaml'),
      manifests('knative.dev/eventing', 'v0.46.0', 'config/core/resources/*.yaml'),
      manifests('knative.dev/eventing', 'v0.46.0', 'config/channels/in-memory-channel/resources/*.yaml'),
      manifests('knative.dev/operator', 'v0.42.2', 'config/crd/bases/*.yaml'),
    ],
  },
  {
    file: 'prometheus-operator',
    title: 'Prometheus Operator',
    sources: [
      manifests(
        'github.com/prometheus-operator/prometheus-operator',
        'v0.85.0',
        'example/prometheus-operator-crd-full/*.yaml',
      ),
    ],
  },
  {
    file: 'kyverno',
    title: 'Kyverno',
    sources: [manifests('github.com/kyverno/kyverno', 'v1.19.1', 'config/crds/*/*.yaml')],
  },
  {
    file: 'gatekeeper',
    title: 'Gatekeeper',
    sources: [
      manifests('github.com/open-policy-agent/gatekeeper/v3', 'v3.23.1', 'charts/gatekeeper/crds/*.yaml'),
    ],
  },
  {
    file: 'karpenter',
    title: 'Karpenter',
    sources: [
      manifests('sigs.k8s.io/karpenter', 'v1.15.0', 'pkg/apis/crds/*.yaml'),
      manifests('github.com/aws/karpenter-provider-aws', 'v1.15.1', 'pkg/apis/crds/karpenter.k8s.aws_*.yaml'),
      // The last that serve v1beta1.
      manifests('sigs.k8s.io/karpenter', 'v1.0.8', 'pkg/apis/crds/*.yaml'),
      manifests('github.com/aws/karpenter-provider-aws', 'v1.0.8', 'pkg/apis/crds/karpenter.k8s.aws_*.yaml'),
    ],
  },
  {
    file: 'crossplane',
    title: 'Crossplane',
    sources: [
      manifests('github.com/crossplane/crossplane/v2', 'v2.0.2', 'cluster/crds/*.yaml'),
      manifests('github.com/crossplane/crossplane', 'v1.20.0', 'cluster/crds/*.yaml'),
    ],
  },
  {
    file: 'velero',
    title: 'Velero',
    sources: [manifests('github.com/vmware-tanzu/velero', 'v1.18.3', 'config/crd/*/bases/*.yaml')],
  },
  {
    file: 'snapshots',
    title: 'Volume snapshots (external-snapshotter)',
    sources: [
      manifests('github.com/kubernetes-csi/external-snapshotter/client/v8', 'v8.7.0', 'config/crd/*_*.yaml'),
    ],
  },
  {
    file: 'cloudnative-pg',
    title: 'CloudNativePG, its Barman Cloud plugin',
    sources: [
      manifests('github.com/cloudnative-pg/cloudnative-pg', 'v1.26.0', 'config/crd/bases/*.yaml'),
      manifests('github.com/cloudnative-pg/plugin-barman-cloud', 'v0.15.0', 'config/crd/bases/*.yaml'),
    ],
  },
  {
    file: 'grafana-operator',
    title: 'Grafana Operator',
    sources: [manifests('github.com/grafana/grafana-operator/v5', 'v5.18.0', 'config/crd/bases/*.yaml')],
  },
  ...NETWORK_PROJECTS,
  ...CLUSTER_PROJECTS,
  ...WORKLOAD_PROJECTS,
];
