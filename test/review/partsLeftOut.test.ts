import { afterAll, describe, expect, test } from '@jest/globals';
import { EnginePool } from '../../src/engine/pool.ts';
import { findingsOf, reviewed } from './operatorsReview.ts';

const engine = new EnginePool({ size: 1 });
afterAll(() => engine.close());

describe('an overlay with a plugin', () => {
  const base = {
    'web/kustomization.yaml': 'resources: [cm.yaml]\ngenerators: [sealed.yaml]\n',
    'web/cm.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web, namespace: web}\n',
    'web/sealed.yaml':
      'apiVersion: own.example/v1\nkind: Sealer\nmetadata: {name: sealed}\nfiles: [values.sealed]\n',
    'web/values.sealed': 'x',
  };

  test.each([
    ['the rest of it', { 'web/cm.yaml': `${base['web/cm.yaml']}data: {a: b}\n` }, 1],
    ['what the plugin reads', { 'web/values.sealed': 'y' }, 0],
  ])('is reviewed without it, and that is said where %s changes', async (_, head, changes) => {
    const review = await reviewed(engine, { base, head });
    expect(findingsOf(review).filter((finding) => finding.includes(' render/'))).toEqual([]);
    expect(review.targets.map(({ affected }) => affected)).toEqual([true]);
    expect(review.changes).toHaveLength(changes);
    expect(review.verdicts).toMatchObject({ render: 'neutral', schemas: 'neutral', policies: 'neutral' });
    expect(review.notValidated).toContainEqual({
      subject: 'web',
      concern: 'render',
      reason:
        'Sealer (web/sealed.yaml) is a plugin of kustomize, and nothing that a repository brings is executed: the rest is rendered without it',
    });
  });
});

test('a ResourceSet is judged by what it applies', async () => {
  const set = (replicas: string) => ({
    'clusters/one/set.yaml': `apiVersion: fluxcd.controlplane.io/v1
kind: ResourceSet
metadata: { name: teams, namespace: flux-system }
spec:
  inputs: [{ team: red, count: 2 }]
  resources:
    - apiVersion: apps/v1
      kind: ReplicaSet
      metadata: { name: web, namespace: << inputs.team >> }
      spec: { replicas: "${replicas}", selector: { matchLabels: { a: b } } }
`,
  });
  const review = await reviewed(engine, {
    base: set('<< inputs.count >>'),
    head: set('<< inputs.count | quote >>'),
  });
  expect(review.targets).toMatchObject([{ id: 'one/ResourceSet/flux-system/teams', affected: true }]);
  const errors = findingsOf(review).filter((finding) => finding.startsWith('new error schema/'));
  expect(errors).toEqual([expect.stringContaining('replicas')]);
});

test('a Kustomization whose variable nothing sets is refused', async () => {
  const files = (value: string) => ({
    'clusters/one/apps.yaml':
      'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps, namespace: flux-system}\nspec: {interval: 1h, prune: true, path: ./apps, sourceRef: {kind: GitRepository, name: flux-system}, postBuild: {substitute: {A: a}}}\n',
    'apps/cm.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: apps, namespace: apps}\ndata: {k: "${value}"}\n`,
  });
  const refused = (found: readonly string[]) => found.filter((finding) => finding.includes(' render/'));
  const given = await reviewed(engine, { base: files('a'), head: files(`\${A} \${B:=b}`) });
  expect(refused(findingsOf(given))).toEqual([]);
  const missing = await reviewed(engine, { base: files('a'), head: files(`\${A} \${B}`) });
  expect(refused(findingsOf(missing))).toEqual([
    expect.stringContaining('ConfigMap apps uses the variable B, which is not set and has no default.'),
  ]);
});
