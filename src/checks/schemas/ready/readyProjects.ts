/**
 * The projects of the catalogue whose validators the build makes: those that repositories of GitOps have
 * most. All would make the package, and the time of a build, several times as large; the kinds of the
 * others are compiled when their first resource comes.
 */
export const READY_PROJECTS: readonly string[] = [
  'argo-cd',
  'argo-events',
  'argo-image-updater',
  'argo-rollouts',
  'argo-workflows',
  'cert-manager',
  'external-dns',
  'external-secrets',
  'flagger',
  'flux',
  'gateway-api',
  'grafana-operator',
  'istio',
  'karpenter',
  'keda',
  'knative',
  'kyverno',
  'metallb',
  'olm',
  'openshift',
  'opentelemetry-operator',
  'prometheus-operator',
  'sealed-secrets',
  'snapshots',
  'tekton',
  'traefik',
  'trust-manager',
  'velero',
  'vertical-pod-autoscaler',
];
