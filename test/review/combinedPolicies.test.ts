import { describe, expect, test } from '@jest/globals';
import type { Review } from '../../src/model/review.ts';
import type { TestFiles } from '../helpers/repository.ts';
import { reviewed } from './reviewed.ts';

const COMBINE = '# METADATA\n# custom:\n#   combine: true\n';
const POLICY = `${COMBINE}package parts

warn contains msg if {
	kinds := {item.contents.kind | some item in input}
	not "ServiceAccount" in kinds
	msg := sprintf("no ServiceAccount among %d resources", [count(input)])
}

# Each reference by name leads to a ConfigMap somewhere on the cluster.
deny contains {"msg": msg, "resource": index, "path": ["data", "next"]} if {
	some index, item in input
	next := item.contents.data.next
	not data.hydrant.cluster.resources.ConfigMap[next]
	msg := sprintf("there is no ConfigMap %s", [next])
}
`;

function config(name: string, next: string | null = null): string {
  const data = next === null ? '{}' : `\n  next: ${next}`;
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata: ${data}\n`;
}

const BASE: TestFiles = {
  'policies/parts.rego': POLICY,
  'a/kustomization.yaml': 'resources: [c.yaml]\n',
  'a/c.yaml': config('a'),
  'b/kustomization.yaml': 'resources: [c.yaml]\n',
  'b/c.yaml': config('b', 'a'),
};

function brief({ findings }: Review): string[] {
  return findings.map(({ status, severity, rule, location, message, targets, resource }) => {
    const place = location === null ? '-' : `${location.path}:${location.startLine}`;
    return `${status} ${severity} ${rule} ${place} ${resource?.name ?? '-'} (${targets.join()}) ${message}`;
  });
}

describe("a user's rule for all resources of a target", () => {
  test('stands on the target, and on the field of the resource that it names', async () => {
    const review = await reviewed(BASE, { 'a/c.yaml': config('a', 'nobody') });
    expect(brief(review)).toEqual([
      'new error parts/deny a/c.yaml:6 a (a) there is no ConfigMap nobody',
      'existing warning parts/warn a/kustomization.yaml:1 - (a) no ServiceAccount among 1 resources',
    ]);
    expect(review.verdicts.policies).toBe('failure');
  });

  test('sees what a change takes from a target that is not affected', async () => {
    const review = await reviewed(BASE, { 'a/c.yaml': config('another') });
    expect(brief(review)).toEqual([
      'new error parts/deny b/c.yaml:6 b (b) there is no ConfigMap a',
      'existing warning parts/warn a/kustomization.yaml:1 - (a) no ServiceAccount among 1 resources',
    ]);
    expect(review.targets.find(({ id }) => id === 'b')?.affected).toBe(false);
  });

  test('is thanked for what is fixed', async () => {
    const review = await reviewed(
      { ...BASE, 'a/c.yaml': config('other') },
      {
        'a/c.yaml': config('a'),
        'a/kustomization.yaml': 'resources: [c.yaml, s.yaml]\n',
        'a/s.yaml': 'apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: s }\n',
      },
    );
    expect(brief(review)).toEqual([
      'fixed error parts/deny - b (b) there is no ConfigMap a',
      'fixed warning parts/warn - - (a) no ServiceAccount among 1 resources',
    ]);
  });

  test('stands on the object that declares the target', async () => {
    const application = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: a
  namespace: argocd
spec:
  project: apps
  source:
    repoURL: https://example.com/this.git
    path: a
    targetRevision: HEAD
  destination: { server: https://kubernetes.default.svc, namespace: a }
`;
    const review = await reviewed(
      {
        ...BASE,
        '.hydrant.yaml': 'repository: { urls: ["https://example.com/this.git"] }\n',
        'apps/a.yaml': `# An application.\n${application}`,
      },
      { 'a/c.yaml': config('a', 'b') },
    );
    expect(brief(review).filter((line) => line.includes('parts/'))).toEqual([
      'existing warning parts/warn apps/a.yaml:3 - (Application/argocd/a) no ServiceAccount among 1 resources',
    ]);
  });
});
