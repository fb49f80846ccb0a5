import { describe, expect, test } from '@jest/globals';
import type { TestFiles } from '../helpers/repository.ts';
import { overlay, place } from './place.ts';

const CONFIG = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n';
const COMPONENT = 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnamePrefix: x-\n';
const own = (kustomization: string, more: TestFiles = {}): TestFiles => ({
  'o/kustomization.yaml': kustomization,
  'o/c.yaml': CONFIG,
  ...more,
});
const listed = 'namespace: shop\nresources:\n- c.yaml\n';

describe('a problem stands', () => {
  test.each<[string, TestFiles, string]>([
    [
      'at the object without kind, not at another file of its name',
      {
        'o/kustomization.yaml': 'resources: [../a, ../b]\n',
        'a/kustomization.yaml': 'resources: [c.yaml]\n',
        'a/c.yaml': CONFIG,
        'b/kustomization.yaml': 'resources: [c.yaml]\n',
        'b/c.yaml': `${CONFIG.replace('name: c', 'name: d')}---\n# a comment\n${CONFIG.replace('kind', 'kindx')}`,
      },
      'b/c.yaml:8',
    ],
    [
      'at the name that is misspelt',
      own(listed, { 'o/c.yaml': CONFIG.replace('name:', 'namex:') }),
      'o/c.yaml:4',
    ],
    [
      'at the object that has no name at all',
      own(listed, { 'o/c.yaml': CONFIG.replace('name:', 'uid:') }),
      'o/c.yaml:1',
    ],
    ['at what is no object', own(listed, { 'o/c.yaml': '# words\nhello\n' }), 'o/c.yaml:2'],
    [
      'at the patch of another version, not at the resource',
      {
        ...overlay('patches:\n- path: p.yaml\n'),
        'o/p.yaml': 'apiVersion: apps/v2\nkind: Deployment\nmetadata: {name: app}\n',
      },
      'o/p.yaml:2',
    ],
    [
      'at broken YAML of an inline patch',
      own(`${listed}patches:\n- patch: |-\n    kind: ConfigMap\n    data: {x: [}\n`),
      'o/kustomization.yaml:7',
    ],
    [
      'at broken YAML of a patch file for a target',
      own(`${listed}patches:\n- path: p.yaml\n  target: {kind: ConfigMap}\n`, {
        'o/p.yaml': 'data:\n  x: [\n',
      }),
      'o/p.yaml:2',
    ],
    [
      'at an inline patch that is none',
      own(`${listed}patches:\n- target: {kind: ConfigMap}\n  patch: "op: remove"\n`),
      'o/kustomization.yaml:5',
    ],
    [
      'at the operation of a JSON patch that there is not',
      own(
        `${listed}patches:\n- target: {kind: ConfigMap}\n  patch: |-\n    - op: replaze\n      path: /data\n      value: {}\n`,
      ),
      'o/kustomization.yaml:7-9',
    ],
    [
      'at the apiVersion of a base',
      { ...overlay(''), 'base/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1\n' },
      'base/kustomization.yaml:1',
    ],
    [
      'at the kind of a component',
      {
        ...overlay('components: [../p]\n'),
        'p/kustomization.yaml': COMPONENT.replace('Component', 'Componen'),
      },
      'p/kustomization.yaml:2',
    ],
    [
      'at an unknown field of a component',
      { ...overlay('components: [../p]\n'), 'p/kustomization.yaml': `${COMPONENT}resource: []\n` },
      'p/kustomization.yaml:4',
    ],
    [
      'at a component under resources',
      own(`${listed}- ../p\n`, { 'p/kustomization.yaml': COMPONENT }),
      'o/kustomization.yaml:4',
    ],
    ['at a base under components', own(`${listed}components:\n- ../base\n`), 'o/kustomization.yaml:5'],
    [
      'at the second of two equal keys',
      own(listed, { 'o/c.yaml': `${CONFIG}data:\n  a: b\n  c: d\n  a: e\n` }),
      'o/c.yaml:8',
    ],
    [
      'at the second declaration of a resource',
      own(`${listed}- d.yaml\n`, { 'o/d.yaml': CONFIG, 'o/a.yaml': CONFIG }),
      'o/d.yaml:2',
    ],
    [
      'at the entry that brings in a resource again',
      {
        'o/kustomization.yaml': 'resources:\n- ../p\n- ../q\n',
        'p/kustomization.yaml': 'resources: [../r]\n',
        'q/kustomization.yaml': 'resources: [../r]\n',
        'r/kustomization.yaml': 'resources: [c.yaml]\n',
        'r/c.yaml': CONFIG,
      },
      'o/kustomization.yaml:3',
    ],
    ['at an absolute path', own(`${listed}- /etc/passwd\n`), 'o/kustomization.yaml:4'],
    ['at a path out of the repository', own(`${listed}- ../../base\n`), 'o/kustomization.yaml:4'],
    [
      'at a component out of the repository',
      own(`${listed}components:\n- ../../../p\n`, { 'p/kustomization.yaml': COMPONENT }),
      'o/kustomization.yaml:5',
    ],
    [
      'at a path to a submodule',
      { ...own(`${listed}- ../lib/base\n`), lib: { submodule: '1'.repeat(40) } },
      'o/kustomization.yaml:4',
    ],
    ['at an unknown alias', own(listed, { 'o/c.yaml': `${CONFIG}data:\n  a: *none\n` }), 'o/c.yaml:6'],
    [
      'at bytes that are no text',
      own(listed, { 'o/c.yaml': Buffer.from(`${CONFIG}data:\n  a: "\xe4"\n`, 'latin1') }),
      'o/c.yaml:6',
    ],
    ['at a control character', own(listed, { 'o/c.yaml': `${CONFIG}data:\n  a: "\0"\n` }), 'o/c.yaml:6'],
  ])('%s', async (_, files, expected) => {
    expect(await place(files, null)).toBe(expected);
  });
});
