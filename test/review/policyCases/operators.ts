import type { PolicyCase } from './policyCase.ts';

const ARGO_CD: readonly PolicyCase[] = [
  {
    rule: 'argocd/automated-prune-production',
    severity: 'warning',
    environment: 'production',
    bad: application('syncPolicy: { automated: { prune: true } }'),
    line: 'prune: true',
    good: application('syncPolicy: { automated: { prune: false } }'),
  },
  {
    rule: 'argocd/self-heal-off',
    severity: 'warning',
    bad: application('syncPolicy: { automated: { selfHeal: false } }'),
    line: 'selfHeal: false',
    good: application('syncPolicy: { automated: { selfHeal: true } }'),
  },
  {
    rule: 'argocd/default-project-production',
    severity: 'warning',
    environment: 'production',
    bad: application('', 'default'),
    line: 'project: default',
    good: application(''),
  },
  {
    rule: 'argocd/floating-version-production',
    severity: 'warning',
    environment: 'production',
    bad: application('').replace('v1.2.3', 'main'),
    line: 'targetRevision: main',
    good: application(''),
  },
  {
    rule: 'argocd/retry-missing',
    severity: 'warning',
    bad: application('syncPolicy:\n    automated: { selfHeal: true }'),
    line: 'automated:',
    good: application('syncPolicy:\n    automated: { selfHeal: true }\n    retry: { limit: 5 }'),
  },
  {
    rule: 'argocd/finalizer-missing',
    severity: 'warning',
    bad: application('syncPolicy: { automated: { prune: true } }'),
    line: 'metadata:',
    good: application('syncPolicy: { automated: { prune: true } }').replace(
      'name: app',
      'name: app\n  finalizers: [resources-finalizer.argocd.argoproj.io]',
    ),
  },
];

const FLUX: readonly PolicyCase[] = [
  {
    rule: 'flux/health-checks-required',
    severity: 'warning',
    bad: kustomization('prune: true'),
    line: 'spec:',
    good: kustomization('prune: true\n  wait: true'),
  },
  {
    rule: 'flux/prune-production',
    severity: 'warning',
    environment: 'production',
    bad: kustomization('prune: true'),
    line: 'prune: true',
    good: kustomization('prune: true\n  wait: true'),
  },
  {
    rule: 'flux/timeout-missing',
    severity: 'warning',
    bad: kustomization('prune: true\n  wait: true'),
    line: 'spec:',
    good: kustomization('prune: true\n  wait: true\n  timeout: 5m'),
  },
  {
    rule: 'flux/retry-interval',
    severity: 'warning',
    bad: kustomization('prune: true').replace('10m', '1h'),
    line: 'interval: 1h',
    good: kustomization('prune: true\n  retryInterval: 2m').replace('10m', '1h'),
  },
  {
    rule: 'flux/release-retries',
    severity: 'warning',
    bad: release(''),
    line: 'spec:',
    good: release('\n  install: { remediation: { retries: 3 } }\n  upgrade: { remediation: { retries: 3 } }'),
  },
  {
    rule: 'flux/floating-version-production',
    severity: 'warning',
    environment: 'production',
    bad: release('').replace('1.2.3', '1.x'),
    line: 'version: 1.x',
    good: release(''),
  },
];

/** Rules on the objects of Argo CD and Flux. */
export const OPERATOR_CASES: readonly PolicyCase[] = [...ARGO_CD, ...FLUX];

function application(spec: string, project = 'shop'): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: app
  namespace: argocd
spec:
  project: ${project}
  source:
    repoURL: https://git.example.com/app.git
    targetRevision: v1.2.3
    path: app
  destination: { name: in-cluster, namespace: app }
  ${spec}
`;
}

function kustomization(spec: string): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: app
  namespace: apps
spec:
  interval: 10m
  path: ./app
  sourceRef: { kind: GitRepository, name: elsewhere }
  ${spec}
`;
}

function release(spec: string): string {
  return `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: app
  namespace: apps
spec:
  interval: 10m
  chart:
    spec:
      chart: app
      version: 1.2.3
      sourceRef: { kind: HelmRepository, name: elsewhere }${spec}
`;
}
