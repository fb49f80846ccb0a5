import type { ManifestObject } from '../../../src/model/manifest.ts';

const METADATA = { name: 'app' };

function application(spec: ManifestObject, metadata: ManifestObject = METADATA): ManifestObject {
  return { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata, spec };
}

function flux(api: string, kind: string, spec: ManifestObject): ManifestObject {
  return { apiVersion: `${api}.toolkit.fluxcd.io/v1`, kind, metadata: METADATA, spec };
}

function release(version: ManifestObject): ManifestObject {
  const chart = { chart: 'app', sourceRef: { kind: 'HelmRepository' }, ...version };
  return flux('helm', 'HelmRelease', { chart: { spec: chart }, install: { remediation: { retries: 1 } } });
}

function pod(spec: ManifestObject, containers: readonly ManifestObject[] = []): ManifestObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: METADATA,
    spec: { ...spec, containers: [...containers] },
  };
}

function annotated(profile: string): ManifestObject {
  const annotations = { 'container.apparmor.security.beta.kubernetes.io/app': profile };
  return { ...pod({}), metadata: { ...METADATA, annotations } };
}

function binding(kind: string): ManifestObject {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind,
    metadata: METADATA,
    roleRef: { kind: 'ClusterRole', name: 'cluster-admin' },
    subjects: [{ kind: 'Group', name: 'ops' }],
  };
}

const ARGO_CD = [
  ...[
    { chart: 'app' },
    { chart: 'app', targetRevision: '*' },
    { chart: 'app', targetRevision: '1.x' },
    { chart: null, targetRevision: '1.x' },
    { targetRevision: 'HEAD' },
    { targetRevision: 'main' },
  ].map((source) => application({ source: { repoURL: 'https://example.com/app', ...source } })),
  ...[METADATA, {}, { name: 'without' }, { name: null }].map((metadata) =>
    application({ syncPolicy: { automated: { prune: true }, retry: { limit: 0 } } }, metadata),
  ),
];

const FLUX = [
  ...[{}, { version: '*' }, { version: '1.x' }].map(release),
  ...[{}, { branch: 'a' }, { semver: '1.x' }, { semver: 1 }, { name: 'refs/heads/a' }].map((ref) =>
    flux('source', 'GitRepository', { url: 'https://example.com/app', ref }),
  ),
  ...[{}, { tag: 'latest' }, { semver: '1.x' }].map((ref) => flux('source', 'OCIRepository', { ref })),
  ...[{}, { interval: '1h' }, { interval: null }, { interval: { a: 'mapping' } }].map((spec) =>
    flux('kustomize', 'Kustomization', { wait: true, ...spec }),
  ),
];

/** Of a pod as a whole and of a container, whatever its name is. */
const CONTEXT = {
  appArmorProfile: { type: 'Unconfined' },
  seccompProfile: { type: 'Unconfined' },
  seLinuxOptions: { type: 'spc_t', user: 'spc_t', role: 'spc_t' },
  windowsOptions: { hostProcess: true },
};

const PODS = [
  pod({ securityContext: CONTEXT }),
  ...[{}, { name: 'app' }, { name: '' }, { name: null }, { name: 7 }, { name: { a: 'mapping' } }].map(
    (name) => pod({}, [{ ...name, image: 'app', securityContext: CONTEXT }]),
  ),
  ...[[], ['CHOWN'], ['ALL'], [null], [{ a: 'mapping' }]].map((add) =>
    pod({}, [{ name: 'app', securityContext: { capabilities: { add } } }]),
  ),
  ...['unconfined', 'Unconfined'].map(annotated),
  ...[{}, { path: null }, { path: '/' }, { path: ['/'] }].map((hostPath) =>
    pod({ volumes: [{ hostPath }, { name: 'data', hostPath }, { name: ['data'], hostPath, nfs: {} }] }),
  ),
];

/**
 * Manifests that have the built-in rules say each of their sentences, also such as no API server
 * would take.
 */
export const SENTENCES: readonly ManifestObject[] = [
  ...ARGO_CD,
  ...FLUX,
  ...PODS,
  ...['RoleBinding', 'ClusterRoleBinding'].map(binding),
  ...[{ maxUnavailable: 0 }, { maxUnavailable: '0%' }].map((spec) => ({
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: METADATA,
    spec,
  })),
];
