import { describe, expect, test } from '@jest/globals';
import { formatFieldPath } from '../../src/model/manifest.ts';
import type { Review } from '../../src/model/review.ts';
import type { TestFiles } from '../helpers/repository.ts';
import { reviewed as reviewedOn } from './reviewed.ts';

const BASE: TestFiles = {
  'app/base/kustomization.yaml': 'resources: [deployment.yaml]\n',
  'app/base/deployment.yaml': deployment(),
  'app/overlays/europe/kustomization.yaml': 'namespace: prod\nresources: [../../base]\n',
  'app/overlays/staging/kustomization.yaml': 'namespace: staging\nresources: [../../base]\n',
  'other/kustomization.yaml': 'configMapGenerator:\n- name: c\n  literals: [a=b]\n',
};

/** A Deployment that every check is content with, except as the options say. */
function deployment(options: { image?: string; extra?: string; context?: string } = {}): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: app
spec:
  selector:
    matchLabels: { app: app }
  template:
    metadata:
      labels: { app: app }
    spec:
      automountServiceAccountToken: false
      containers:
      - name: app
        image: ${options.image ?? 'registry.example.com/app:1.0.0'}
        securityContext: ${options.context ?? '{ readOnlyRootFilesystem: true, runAsNonRoot: true }'}
        readinessProbe: { httpGet: { path: /, port: 80 } }
        livenessProbe: { httpGet: { path: /, port: 80 } }
        resources:
          requests: { cpu: 10m, memory: 16Mi }
          limits: { cpu: 20m, memory: 32Mi }
${options.extra ?? ''}`;
}

function reviewed(change: TestFiles, base: TestFiles = BASE): Promise<Review> {
  return reviewedOn(base, change);
}

function affected({ targets }: Review): string[] {
  return targets.filter((target) => target.affected).map(({ id, status }) => `${id} ${status}`);
}

function brief({ findings }: Review): string[] {
  return findings.map(({ status, severity, rule, location, fieldPath, targets }) =>
    [
      `${status} ${severity} ${rule}`,
      location === null ? '-' : `${location.path}:${location.startLine}`,
      fieldPath === null ? '-' : formatFieldPath(fieldPath),
      targets.join(','),
    ].join(' | '),
  );
}

const BOTH = 'app/overlays/europe,app/overlays/staging';

describe('a review', () => {
  test('of a base that changes shows the effect on each overlay, and on no other target', async () => {
    const review = await reviewed({
      'app/base/deployment.yaml': deployment({ image: 'registry.example.com/app:1.1.0' }),
    });
    expect(affected(review)).toEqual(['app/overlays/europe rendered', 'app/overlays/staging rendered']);
    expect(
      review.changes.map(
        ({ target, change, resource }) => `${target} ${change} ${resource.namespace}/${resource.name}`,
      ),
    ).toEqual(['app/overlays/europe changed prod/app', 'app/overlays/staging changed staging/app']);
    expect(review.changes[0]?.diff).toContain('-          image: registry.example.com/app:1.0.0');
    expect(review.images).toHaveLength(2);
    expect(review.images[0]).toMatchObject({
      container: 'app',
      from: 'registry.example.com/app:1.0.0',
      to: 'registry.example.com/app:1.1.0',
    });
    expect(brief(review)).toEqual([]);
    expect(review.verdicts).toEqual({
      render: 'success',
      schemas: 'success',
      policies: 'success',
      secrets: 'success',
    });
    expect(review.verdict).toBe('success');
  });

  test('of a change that reaches nothing skips what there is nothing to judge by', async () => {
    const review = await reviewed({ 'README.md': 'words' });
    expect(affected(review)).toEqual([]);
    expect(review.verdict).toBe('skipped');
  });

  test('finds a field that is no field, once for both overlays, at its line', async () => {
    const review = await reviewed({ 'app/base/deployment.yaml': deployment({ extra: '  replica: 3\n' }) });
    expect(brief(review)).toEqual([
      `new error schema/unknown-field | app/base/deployment.yaml:22 | spec.replica | ${BOTH}`,
    ]);
    expect(review.verdicts.schemas).toBe('failure');
    expect(review.verdict).toBe('failure');
  });

  test('finds a broken policy at the field that breaks it', async () => {
    const review = await reviewed({
      'app/base/deployment.yaml': deployment({ context: '{ privileged: true, runAsNonRoot: true }' }),
    });
    expect(brief(review)).toContain(
      `new error security/privileged | app/base/deployment.yaml:16 | spec.template.spec.containers[0].securityContext.privileged | ${BOTH}`,
    );
    expect(review.verdicts.policies).toBe('failure');
  });

  test('finds a plain Secret, without its value', async () => {
    const secret =
      'apiVersion: v1\nkind: Secret\nmetadata: { name: s }\nstringData:\n  password: canary-review\n';
    const review = await reviewed({
      'app/base/kustomization.yaml': 'resources: [deployment.yaml, secret.yaml]\n',
      'app/base/secret.yaml': secret,
    });
    expect(brief(review)).toEqual([
      expect.stringMatching(`^new error secret/plain-secret \\| app/base/secret.yaml:\\d .*${BOTH}$`),
    ]);
    expect(review.verdicts.secrets).toBe('failure');
    expect(JSON.stringify(review)).not.toContain('canary-');
  });

  test('only fails for what is new', async () => {
    const broken = { ...BASE, 'app/base/deployment.yaml': deployment({ extra: '  replica: 3\n' }) };
    const image = 'registry.example.com/app:1.1.0';
    const review = await reviewed(
      { 'app/base/deployment.yaml': deployment({ image, extra: '  replica: 3\n' }) },
      broken,
    );
    expect(brief(review)).toEqual([
      `existing error schema/unknown-field | app/base/deployment.yaml:22 | spec.replica | ${BOTH}`,
    ]);
    expect(review.verdict).toBe('success');

    const mended = await reviewed({ 'app/base/deployment.yaml': deployment() }, broken);
    expect(brief(mended)).toEqual([`fixed error schema/unknown-field | - | spec.replica | ${BOTH}`]);
    expect(mended.verdict).toBe('success');
  });

  test('one broken overlay never stops the others, and partial is never green', async () => {
    const review = await reviewed({
      'app/overlays/staging/kustomization.yaml': 'namespace: staging\nresources: [../../base, gone.yaml]\n',
      'other/kustomization.yaml': 'configMapGenerator:\n- name: c\n  literals: [a=c]\n',
    });
    expect(affected(review)).toEqual(['app/overlays/staging failed', 'other rendered']);
    expect(brief(review)).toEqual([
      'new error render/missing-file | app/overlays/staging/kustomization.yaml:2 | - | app/overlays/staging',
    ]);
    expect(review.changes.map(({ target, change }) => `${target} ${change}`)).toEqual(['other renamed']);
    expect(review.verdicts).toMatchObject({ render: 'failure', schemas: 'neutral', policies: 'neutral' });
  });

  test('a remote base is not validated, and says so', async () => {
    const review = await reviewed({
      'other/kustomization.yaml': 'resources: ["https://github.com/example/repo//base?ref=v1"]\n',
    });
    expect(affected(review)).toEqual(['other notValidated']);
    expect(review.notValidated.map(({ subject, concern }) => `${subject} ${concern}`)).toEqual([
      'other render',
      'other schemas',
      'other policies',
    ]);
    expect(review.notValidated[0]?.reason).toContain('https://github.com/example/repo is remote');
    expect(review.verdict).toBe('neutral');
  });

  test('a target that goes shows what goes with it', async () => {
    const review = await reviewed({ 'other/kustomization.yaml': null });
    expect(affected(review)).toEqual(['other removed']);
    expect(review.changes.map(({ change, resource }) => `${change} ${resource.kind}`)).toEqual([
      'removed ConfigMap',
    ]);
  });

  test('a kind without schema is not validated, with its count', async () => {
    const thing = (name: string) => `apiVersion: example.com/v1\nkind: Thing\nmetadata: { name: ${name} }\n`;
    const review = await reviewed({
      'other/kustomization.yaml': 'resources: [t.yaml]\n',
      'other/t.yaml': `${thing('a')}---\n${thing('b')}`,
    });
    expect(review.notValidated).toEqual([
      { subject: 'example.com/v1 Thing', reason: expect.stringContaining('2 resources'), concern: 'schemas' },
    ]);
    expect(review.verdicts.schemas).toBe('neutral');
  });

  test('a CRD in the rendered output gives the schema of its kind', async () => {
    const crd = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: things.example.com }
spec:
  group: example.com
  names: { kind: Thing, plural: things }
  scope: Namespaced
  versions:
  - name: v1
    served: true
    storage: true
    schema: { openAPIV3Schema: { type: object, properties: { spec: { type: object, properties: { size: { type: integer } } } } } }
`;
    const review = await reviewed({
      'other/kustomization.yaml': 'resources: [t.yaml, crd.yaml]\n',
      'other/crd.yaml': crd,
      'other/t.yaml': 'apiVersion: example.com/v1\nkind: Thing\nmetadata:\n  name: a\nspec:\n  sise: 3\n',
    });
    expect(brief(review)).toEqual(['new error schema/unknown-field | other/t.yaml:6 | spec.sise | other']);
    expect(review.notValidated).toEqual([]);
  });

  test('the same commits give the same bytes', async () => {
    const change = {
      'app/base/deployment.yaml': deployment({
        extra: '  replica: 3\n',
        context: '{ privileged: true, runAsNonRoot: true }',
      }),
    };
    expect(JSON.stringify(await reviewed(change))).toBe(JSON.stringify(await reviewed(change)));
  });
});

describe('settings and policies', () => {
  const POLICY =
    'package main\n\ndeny contains msg if {\n\tinput.kind == "Deployment"\n\tmsg := "no deployments"\n}\n';

  test('come from the base: a pull request cannot bring its own policy, nor switch one off', async () => {
    const image = deployment({ image: 'registry.example.com/app:1.1.0' });
    const brought = await reviewed({ 'policies/a.rego': POLICY, 'app/base/deployment.yaml': image });
    expect(brief(brought)).toEqual([]);

    const removed = await reviewed(
      { 'policies/a.rego': null, 'app/base/deployment.yaml': image },
      { ...BASE, 'policies/a.rego': POLICY },
    );
    expect(removed.findings.map(({ message, status }) => `${status} ${message}`)).toEqual([
      'existing no deployments',
    ]);
  });
});
