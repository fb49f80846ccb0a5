import type { Review } from '../../src/model/review.ts';
import type { TestFiles } from '../helpers/repository.ts';

export const CONFIG = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\n';

/** A Deployment that every check is content with. */
const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: { name: app }
spec:
  selector: { matchLabels: { app: app } }
  template:
    metadata: { labels: { app: app } }
    spec:
      automountServiceAccountToken: false
      containers:
      - name: app
        image: registry.example.com/app:1.0.0
        securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, runAsNonRoot: true }
        readinessProbe: { httpGet: { path: /, port: 80 } }
        livenessProbe: { httpGet: { path: /, port: 80 } }
        resources: { requests: { cpu: 10m, memory: 16Mi }, limits: { cpu: 20m, memory: 32Mi } }
`;

/** Two targets: `bad` gets the mistakes, and `good` shows that they are its own. */
export const REPOSITORY: TestFiles = {
  'bad/kustomization.yaml': 'resources: [c.yaml]\n',
  'bad/c.yaml': CONFIG,
  'good/kustomization.yaml': 'resources: [d.yaml]\n',
  'good/d.yaml': DEPLOYMENT,
};

/** Comes with every mistake: something for schemas, policies and Secrets to find. */
export const CHANGE: TestFiles = {
  'good/kustomization.yaml': 'resources: [d.yaml, s.yaml]\n',
  'good/d.yaml': DEPLOYMENT.replace('allowPrivilegeEscalation: false', 'privileged: true').replace(
    'spec:\n',
    'spec:\n  replica: 2\n',
  ),
  'good/s.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: { name: s }\nstringData: { a: canary-bad-input }\n',
};

/** The findings that are not on the other target, in a line each. */
export function said({ findings }: Review): string[] {
  return findings
    .filter(({ rule, targets }) => isOnPolicy(rule) || !targets.includes('good'))
    .map(({ status, severity, rule, location, message }) => {
      const place = location === null ? '-' : `${location.path}:${location.startLine}`;
      return `${status} ${severity} ${rule} ${place} ${message}`;
    });
}

/** A policy that cannot be used is told on all targets that it would have judged. */
function isOnPolicy(rule: string): boolean {
  return rule.startsWith('policy/');
}

/** What the review delivers on the other target. */
export function others({ findings, changes, targets }: Review) {
  return {
    findings: findings.filter(({ rule, targets }) => !isOnPolicy(rule) && targets.includes('good')),
    changes: changes.filter(({ target }) => target === 'good'),
    target: targets.find(({ id }) => id === 'good'),
  };
}
