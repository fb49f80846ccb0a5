import { describe, expect, test } from '@jest/globals';
import type { TestFiles } from '../helpers/repository.ts';
import { reviewed } from './reviewed.ts';

const boat = (sails: number) =>
  `apiVersion: harbour.example/v1\nkind: Boat\nmetadata: { name: b, namespace: web }\nspec: { sails: ${sails} }\n`;
const config = (value: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c, namespace: web }\ndata: { a: ${value} }\n`;
const BASE: TestFiles = {
  'app/kustomization.yaml': 'resources: [boat.yaml, config.yaml]\n',
  'app/boat.yaml': boat(2),
  'app/config.yaml': config('one'),
};

describe('a kind without schema', () => {
  test('of which nothing changes is told in one line, and the review is decided', async () => {
    const { verdicts, notValidated } = await reviewed(BASE, { 'app/config.yaml': config('two') });
    expect(verdicts.schemas).toBe('success');
    expect(notValidated).toEqual([
      {
        subject: '1 kind',
        reason: 'no schema for harbour.example/v1 Boat (1 resource), of which nothing changes',
        concern: 'schemas',
        isStanding: true,
      },
    ]);
  });

  test('that the change touches leaves the review open', async () => {
    const { verdicts, notValidated } = await reviewed(BASE, { 'app/boat.yaml': boat(3) });
    expect(verdicts.schemas).toBe('neutral');
    expect(notValidated.map(({ subject }) => subject)).toEqual(['harbour.example/v1 Boat']);
  });

  test('of a group that ends in k8s.io has a way out', async () => {
    const { notValidated } = await reviewed(
      {},
      { ...BASE, 'app/boat.yaml': boat(1).replace('harbour.example', 'boats.x.k8s.io') },
    );
    expect(notValidated.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('add its CustomResourceDefinition to the repository'),
    ]);
  });
});

describe('a kind of the catalogue', () => {
  const alert = (kind: string, more = '') => `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Alert
metadata: { name: a, namespace: web }
spec:
  providerRef: { name: p }
  eventSources: [{ kind: ${kind}, name: '*' }]
${more}`;
  const said = async (text: string) => {
    const { findings } = await reviewed(
      {},
      { 'app/kustomization.yaml': 'resources: [a.yaml]\n', 'app/a.yaml': text },
    );
    return findings
      .filter(({ rule }) => rule.startsWith('schema/'))
      .map(({ rule, severity }) => `${severity} ${rule}`);
  };

  test('takes what the Flux Operator adds to it', async () => {
    expect(await said(alert('ResourceSet'))).toEqual([]);
    expect(await said(alert('Deployment'))).toEqual(['error schema/enum']);
  });

  test('may have fields that are newer, but no misspelt ones', async () => {
    expect(await said(alert('Kustomization', '  aboutTheWeather: fine\n'))).toEqual([
      'warning schema/unknown-field',
    ]);
    expect(await said(alert('Kustomization', '  sumary: fine\n'))).toEqual(['error schema/unknown-field']);
  });
});

describe('a mistake in the schema of a CustomResourceDefinition', () => {
  test('stands on its property', async () => {
    const definition = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: boats.harbour.example }
spec:
  group: harbour.example
  scope: Namespaced
  names: { kind: Boat, plural: boats, singular: boat, listKind: BoatList }
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties:
                sails: { type: integer }
                colour: { description: of the hull }
`;
    const { findings } = await reviewed(
      {},
      { 'app/kustomization.yaml': 'resources: [d.yaml]\n', 'app/d.yaml': definition },
    );
    const places = findings.map(({ rule, location }) => `${rule} ${location?.path}:${location?.startLine}`);
    expect(places).toEqual(['schema/required app/d.yaml:20']);
  });
});

describe('a resource of two owners', () => {
  const application = (name: string) => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${name}, namespace: argocd }
spec:
  project: default
  source: { repoURL: https://git.example/own.git, path: ${name}, targetRevision: HEAD }
  destination: { name: one, namespace: web }
`;
  const files: TestFiles = {
    '.hydrant.yaml': 'repository: { urls: ["https://git.example/own.git"] }\n',
    'apps/left.yaml': application('left'),
    'apps/right.yaml': application('right'),
    'left/c.yaml': config('one'),
    'right/kustomization.yaml': 'resources: [c.yaml]\n',
    'right/c.yaml': config('one'),
  };
  const fixed = async (change: TestFiles) => {
    const { findings } = await reviewed(files, change);
    return findings.filter(({ status, rule }) => status === 'fixed' && rule.startsWith('ownership/')).length;
  };

  test('is not mended by one of them that does not render any more', async () => {
    expect(await fixed({ 'right/kustomization.yaml': 'resources: [absent.yaml]\n' })).toBe(0);
    expect(await fixed({ 'right/c.yaml': config('one').replace('name: c', 'name: d') })).toBeGreaterThan(0);
  });
});
