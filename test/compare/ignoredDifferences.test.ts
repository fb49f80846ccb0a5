import { expect, test } from '@jest/globals';
import { compareResources } from '../../src/compare/changes.ts';
import type { ManifestObject } from '../../src/model/manifest.ts';
import { toResources } from '../../src/model/resource.ts';
import { ignoredDifferences } from '../../src/targets/argo/ignoredDifferences.ts';

function deployment(spec: ManifestObject): ManifestObject {
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'web' }, spec };
}

function application(ignoreDifferences: ManifestObject[], syncOptions: string[] = []): ManifestObject {
  return { kind: 'Application', spec: { ignoreDifferences, syncPolicy: { syncOptions } } };
}

/** What is said of three replicas becoming five, and of another image. */
function told(rule: ManifestObject, { image = 'a:1', syncOptions = [] as string[] } = {}): readonly string[] {
  const specOf = (replicas: number, name: string) => ({
    replicas,
    template: { containers: [{ image: name }] },
  });
  const [change] = compareResources(
    'web',
    {
      base: toResources([deployment(specOf(3, 'a:1'))]),
      head: toResources([deployment(specOf(5, image))]),
    },
    {
      ignores: ignoredDifferences(application([{ group: 'apps', kind: 'Deployment', ...rule }], syncOptions)),
    },
  );
  return change?.effects ?? ['no change'];
}

test.each<[string, ManifestObject]>([
  ['by a JSON pointer', { jsonPointers: ['/spec/replicas'] }],
  ['by a path', { jqPathExpressions: ['.spec.replicas'] }],
  ['by a field around it', { jsonPointers: ['/spec'] }],
  ['by globs', { group: '*', kind: '*', jsonPointers: ['/spec/replicas'] }],
  ['by name', { name: 'web', namespace: 'web', jsonPointers: ['/spec/replicas'] }],
])('a change that Argo CD ignores %s starts no sync', (_, rule) => {
  expect(told(rule)).toEqual([
    'Argo CD ignores `spec.replicas` (ignoreDifferences): it starts no sync, and is applied with the next one',
  ]);
});

test('with something else it is applied', () => {
  expect(told({ jsonPointers: ['/spec/replicas'] }, { image: 'a:2' })).toEqual([
    'Argo CD ignores `spec.replicas` (ignoreDifferences): it is applied with the rest',
  ]);
});

test('no sync applies it where differences are respected', () => {
  expect(
    told({ jsonPointers: ['/spec/replicas'] }, { syncOptions: ['RespectIgnoreDifferences=true'] }),
  ).toEqual(['Argo CD ignores `spec.replicas` (ignoreDifferences): no sync applies it']);
});

test('an expression that only jq can answer is named', () => {
  expect(told({ jqPathExpressions: ['.spec.template.containers[] | select(.name == "a")'] })).toEqual([
    'Argo CD may ignore a part of it (ignoreDifferences): .spec.template.containers[] | select(.name == "a")',
  ]);
});

test.each<[string, ManifestObject]>([
  ['another kind', { kind: 'StatefulSet', jsonPointers: ['/spec/replicas'] }],
  ['another name', { name: 'other', jsonPointers: ['/spec/replicas'] }],
  ['another namespace', { namespace: 'other', jsonPointers: ['/spec/replicas'] }],
  ['another field', { jsonPointers: ['/spec/replicasets'] }],
])('nothing is said of %s', (_, rule) => {
  expect(told(rule)).toEqual([]);
});
