import { describe, expect, test } from '@jest/globals';
import type { FieldPath } from '../../src/model/manifest.ts';
import type { TestFiles } from '../helpers/repository.ts';
import { CONTAINER, DEPLOYMENT, overlay, place } from './place.ts';

describe('a field stands', () => {
  test.each<[string, TestFiles, FieldPath | null, string | null, string?]>([
    ['in the base', overlay(''), ['spec', 'replicas'], 'base/d.yaml:6'],
    ['in the base, inside of a list', overlay(''), [...CONTAINER, 'image'], 'base/d.yaml:11'],
    [
      'in the base, under a prefix and a suffix',
      overlay('namePrefix: x-\nnameSuffix: -y\n'),
      ['spec', 'replicas'],
      'base/d.yaml:6',
    ],
    [
      'where its parent is, when it is missing',
      overlay(''),
      [...CONTAINER, 'resources', 'limits'],
      'base/d.yaml:10',
    ],
    ['with the resource, when it is about the whole', overlay(''), null, 'base/d.yaml:2'],
    ['with the resource, when nothing of it exists', overlay(''), ['status', 'x'], 'base/d.yaml:2'],
    ['in a block as long as it is', overlay(''), [...CONTAINER, 'env'], 'base/d.yaml:12-14'],
    [
      'in images',
      overlay('images:\n- name: app\n  newTag: v2\n'),
      [...CONTAINER, 'image'],
      'o/kustomization.yaml:4',
    ],
    [
      'in images, by a new name',
      overlay('images:\n- name: app\n  newName: other\n'),
      [...CONTAINER, 'image'],
      'o/kustomization.yaml:4',
    ],
    [
      'in the base, when images are about another',
      overlay('images:\n- name: side\n  newTag: v2\n'),
      [...CONTAINER, 'image'],
      'base/d.yaml:11',
    ],
    [
      'in replicas',
      overlay('replicas:\n- name: app\n  count: 4\n'),
      ['spec', 'replicas'],
      'o/kustomization.yaml:4',
    ],
    ['in namespace', overlay('namespace: somewhere\n'), ['metadata', 'namespace'], 'o/kustomization.yaml:2'],
    [
      'in commonLabels',
      overlay('commonLabels:\n  team: a\n'),
      ['metadata', 'labels', 'team'],
      'o/kustomization.yaml:3',
    ],
    [
      'in labels',
      overlay('labels:\n- pairs:\n    team: a\n'),
      ['metadata', 'labels', 'team'],
      'o/kustomization.yaml:4',
    ],
    [
      'in commonAnnotations',
      overlay('commonAnnotations:\n  note: a\n'),
      ['metadata', 'annotations', 'note'],
      'o/kustomization.yaml:3',
    ],
    [
      'in a patch file',
      {
        ...overlay('patches:\n- path: p.yaml\n'),
        'o/p.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: app}\nspec:\n  replicas: 7\n',
      },
      ['spec', 'replicas'],
      'o/p.yaml:5',
    ],
    [
      'in an inline patch',
      overlay(
        'patches:\n- patch: |-\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata: {name: app}\n    spec:\n      replicas: 7\n',
      ),
      ['spec', 'replicas'],
      'o/kustomization.yaml:8',
    ],
    [
      'in the base, when the patch is about something else',
      overlay(
        'patches:\n- patch: |-\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata: {name: app}\n    spec: {paused: true}\n',
      ),
      ['spec', 'replicas'],
      'base/d.yaml:6',
    ],
    [
      'in the last of two patches',
      {
        ...overlay('patches:\n- path: p.yaml\n- path: q.yaml\n'),
        'o/p.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: app}\nspec: {replicas: 7}\n',
        'o/q.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: app}\nspec:\n  replicas: 8\n',
      },
      ['spec', 'replicas'],
      'o/q.yaml:5',
    ],
    [
      'in a JSON patch',
      overlay(
        'patches:\n- target: {kind: Deployment}\n  patch: |-\n    - op: replace\n      path: /spec/replicas\n      value: 9\n',
      ),
      ['spec', 'replicas'],
      'o/kustomization.yaml:7',
    ],
    [
      'in a JSON patch that appends',
      overlay(
        'patches:\n- target: {kind: Deployment}\n  patch: |-\n    - op: add\n      path: /spec/template/spec/containers/0/env/-\n      value:\n        name: N\n        value: w\n',
      ),
      [...CONTAINER, 'env', 1, 'value'],
      'o/kustomization.yaml:9',
    ],
    [
      'in the container of the same name, whatever its position',
      {
        ...overlay('patches:\n- path: p.yaml\n'),
        'o/p.yaml':
          'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: app}\nspec:\n  template:\n    spec:\n      containers:\n      - name: first\n        image: first:1\n',
      },
      ['spec', 'template', 'spec', 'containers', 2, 'image'],
      'base/d.yaml:16',
    ],
    [
      'in a component',
      {
        ...overlay('components: [../c]\n'),
        'c/kustomization.yaml':
          'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nreplicas:\n- name: app\n  count: 5\n',
      },
      ['spec', 'replicas'],
      'c/kustomization.yaml:5',
    ],
    [
      'in a later document',
      {
        'o/kustomization.yaml': 'resources: [all.yaml]\n',
        'o/all.yaml': `kind: ConfigMap\napiVersion: v1\nmetadata: {name: app}\n---\n${DEPLOYMENT}`,
      },
      ['spec', 'replicas'],
      'o/all.yaml:10',
    ],
    [
      'in JSON',
      {
        'o/kustomization.yaml': 'resources: [c.json]\n',
        'o/c.json':
          '{\n  "apiVersion": "v1",\n  "kind": "ConfigMap",\n  "metadata": {"name": "c"},\n  "data": {\n    "a": "b"\n  }\n}\n',
      },
      ['data', 'a'],
      'o/c.json:6',
      'ConfigMap',
    ],
    [
      'in a generator, for a literal',
      { 'o/kustomization.yaml': 'configMapGenerator:\n- name: c\n  literals:\n  - a=b\n  - x=y\n' },
      ['data', 'x'],
      'o/kustomization.yaml:5',
      'ConfigMap',
    ],
    [
      'in a generator, as a whole',
      { 'o/kustomization.yaml': 'namePrefix: p-\nconfigMapGenerator:\n- name: c\n  literals: [a=b]\n' },
      null,
      'o/kustomization.yaml:3',
      'ConfigMap',
    ],
  ])('%s', async (...[, files, fieldPath, expected, kind]) => {
    expect(await place(files, fieldPath, kind)).toBe(expected);
  });
});

describe('a problem stands', () => {
  test.each<[string, TestFiles, string]>([
    ['at the entry of a missing file', overlay('patches:\n- path: gone.yaml\n'), 'o/kustomization.yaml:3'],
    [
      'at the entry of a missing base',
      { 'o/kustomization.yaml': 'namespace: a1\nresources:\n- ../nowhere\n' },
      'o/kustomization.yaml:3',
    ],
    [
      'at the line of broken YAML',
      { ...overlay(''), 'base/d.yaml': `${DEPLOYMENT}  broken: [\n` },
      'base/d.yaml:17',
    ],
    [
      'at the line of a broken kustomization',
      { 'o/kustomization.yaml': 'namespace: a1\nresources: [\n' },
      'o/kustomization.yaml:2',
    ],
    [
      'at an unknown field',
      { 'o/kustomization.yaml': 'namespace: a1\nresource: [a.yaml]\n' },
      'o/kustomization.yaml:2',
    ],
    [
      'at a remote address',
      { 'o/kustomization.yaml': 'namespace: a1\nresources:\n- https://example.com/a.yaml\n' },
      'o/kustomization.yaml:3',
    ],
    [
      'at an entry that closes a circle',
      {
        'o/kustomization.yaml': 'resources:\n- ../p\n',
        'p/kustomization.yaml': 'namespace: a1\nresources:\n- ../o\n',
      },
      'p/kustomization.yaml:3',
    ],
    [
      'at an inline patch that matches nothing',
      overlay(
        'patches:\n- patch: |-\n    kind: ConfigMap\n    apiVersion: v1\n    metadata: {name: nobody}\n',
      ),
      'o/kustomization.yaml:3',
    ],
    [
      'at a file whose patch matches nothing',
      {
        ...overlay('patches:\n- path: p.yaml\n'),
        'o/p.yaml': 'kind: ConfigMap\napiVersion: v1\nmetadata: {name: nobody}\n',
      },
      'o/p.yaml:1',
    ],
    [
      'at an operation of a JSON patch on a field that is not there',
      {
        ...overlay('patches:\n- path: p.yaml\n  target: {kind: Deployment}\n'),
        'o/p.yaml': '- op: test\n  path: /kind\n  value: Deployment\n- op: remove\n  path: /spec/nothing\n',
      },
      'o/p.yaml:4',
    ],
    [
      'at an inline JSON patch on a field that is not there',
      overlay(
        'patches:\n- target: {kind: Deployment}\n  patch: |-\n    - {op: remove, path: /spec/nothing}\n',
      ),
      'o/kustomization.yaml:5',
    ],
    [
      'at a field of the wrong type',
      { 'o/kustomization.yaml': 'namespace: a1\nresources: a.yaml\n' },
      'o/kustomization.yaml:2',
    ],
  ])('%s', async (_, files, expected) => {
    expect(await place(files, null)).toMatch(new RegExp(`^${expected}(-\\d+)?$`));
  });
});
