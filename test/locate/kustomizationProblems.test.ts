import { describe, expect, test } from '@jest/globals';
import type { TestFiles } from '../helpers/repository.ts';
import { place } from './place.ts';

const CONFIG = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n';
const own = (kustomization: string, more: TestFiles = {}): TestFiles => ({
  'o/kustomization.yaml': kustomization,
  'o/c.yaml': CONFIG,
  ...more,
});
const listed = 'namespace: shop\nresources:\n- c.yaml\n';

describe('a problem of a kustomization stands', () => {
  test.each<[string, TestFiles, string]>([
    [
      'at a key that is no text',
      own(`${listed}commonLabels:\n  team: a\n  1: b\n`),
      'o/kustomization.yaml:6',
    ],
    [
      'at a generator that has a key twice',
      own('configMapGenerator:\n- name: f\n  literals: [a=1]\n- name: g\n  literals: [a=1, a=2]\n'),
      'o/kustomization.yaml:4',
    ],
    [
      'at a literal without key',
      own('configMapGenerator:\n- name: f\n  literals:\n  - a=1\n  - b\n'),
      'o/kustomization.yaml:5',
    ],
    [
      'at a generator that merges with nothing',
      own('configMapGenerator:\n- name: g\n  behavior: merge\n  literals: [a=1]\n'),
      'o/kustomization.yaml:2',
    ],
    [
      'at helmCharts',
      own(`${listed}helmCharts:\n- name: x\n  repo: https://example.com\n`),
      'o/kustomization.yaml:5',
    ],
    [
      'at the field path of a replacement that leads nowhere',
      own(
        `${listed}replacements:\n- source: {kind: ConfigMap, fieldPath: metadata.name}\n  targets:\n  - select: {kind: ConfigMap}\n    fieldPaths:\n    - spec.a.b\n`,
      ),
      'o/kustomization.yaml:9',
    ],
    [
      'at the source of a replacement that there is not',
      own(
        `${listed}replacements:\n- source:\n    kind: Secret\n    name: none\n    fieldPath: metadata.name\n  targets: [{select: {kind: ConfigMap}, fieldPaths: [data.a]}]\n`,
      ),
      'o/kustomization.yaml:6-8',
    ],
    [
      'at a patch setting that lacks its target',
      own(`${listed}patchesJson6902:\n- target: {kind: ConfigMap, version: v1}\n  patch: "[]"\n`),
      'o/kustomization.yaml:4',
    ],
    [
      'at the entry that closes a circle, not at the one that leads into it',
      {
        'o/kustomization.yaml': 'resources:\n- ../p\n',
        'p/kustomization.yaml': 'resources:\n- ../q\n',
        'q/kustomization.yaml': 'namespace: shop\nresources:\n- ../p\n',
      },
      'q/kustomization.yaml:3',
    ],
    [
      'at a symlink that leads to itself',
      own(`${listed}- l.yaml\n`, { 'o/l.yaml': { symlink: 'l.yaml' } }),
      'o/kustomization.yaml:4',
    ],
    [
      'at a folder in place of a file',
      own('configMapGenerator:\n- name: g\n  files:\n  - d\n', { 'o/d/x': '' }),
      'o/kustomization.yaml:4',
    ],
    [
      "at the field path of a replacement's source that there is not",
      own(
        `${listed}replacements:\n- source:\n    kind: ConfigMap\n    fieldPath: data.a\n  targets: [{select: {kind: ConfigMap}, fieldPaths: [metadata.name]}]\n`,
      ),
      'o/kustomization.yaml:7',
    ],
    [
      'at replicas of a resource that there is not',
      own(`${listed}replicas:\n- count: 1\n  name: d\n`),
      'o/kustomization.yaml:6',
    ],
    [
      'at a variable of a resource that there is not',
      own(`${listed}vars:\n- name: V\n  objref: {kind: Secret, name: x, apiVersion: v1}\n`),
      'o/kustomization.yaml:5',
    ],
    ['at an order that there is not', own(`${listed}sortOptions: {order: x}\n`), 'o/kustomization.yaml:4'],
    [
      'at a generator without name',
      own('configMapGenerator:\n- name: g\n- literals: [a=b]\n'),
      'o/kustomization.yaml:3',
    ],
    [
      'at a generator of what there is',
      own('resources: [c.yaml]\nconfigMapGenerator:\n- name: c\n'),
      'o/kustomization.yaml:3',
    ],
    ['at an empty entry', own(`${listed}-\n`), 'o/kustomization.yaml:4'],
    [
      'at a JSON patch without target',
      own(`${listed}patches:\n- patch: |-\n    - op: remove\n      path: /data\n`),
      'o/kustomization.yaml:4',
    ],
    [
      'at the one inline patch there is, when it is no JSON',
      own(`${listed}patches:\n- patch: '[{op: remove, path: /data}]'\n`),
      'o/kustomization.yaml:5',
    ],
    [
      'at an operation without path',
      own(
        `${listed}patches:\n- target: {kind: ConfigMap}\n  patch: |-\n    - {op: add, path: /data, value: {}}\n    - {op: add, value: x}\n`,
      ),
      'o/kustomization.yaml:8',
    ],
    [
      'at the namespace that makes two resources one',
      own('namespace: shop\nresources: [c.yaml, d.yaml]\n', {
        'o/c.yaml': `${CONFIG}  namespace: a\n`,
        'o/d.yaml': `${CONFIG}  namespace: b\n`,
      }),
      'o/kustomization.yaml:1',
    ],
    [
      'at a resource whose labels are none',
      own('commonLabels: {a: b}\nresources: [c.yaml]\n', { 'o/c.yaml': `${CONFIG}  labels: x\n` }),
      'o/c.yaml:2',
    ],
    ['at a kustomization that is a list', own('# words\n- c.yaml\n'), 'o/kustomization.yaml:1'],
  ])('%s', async (_, files, expected) => {
    expect(await place(files, null)).toBe(expected);
  });
});
