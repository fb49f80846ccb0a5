import { describe, expect, test } from '@jest/globals';
import type { FieldPath } from '../../src/model/manifest.ts';
import type { TestFiles } from '../helpers/repository.ts';
import { CONTAINER, DEPLOYMENT, overlay, place } from './place.ts';

const PATCH = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: whatever\nspec:\n  replicas: 7\n';
const APPEND =
  '- op: add\n  path: /spec/template/spec/containers/-\n  value:\n    name: third\n    image: x:1\n    stdin: y\n';
const indented = (text: string) => `    ${text.trim().replaceAll('\n', '\n    ')}\n`;
const service = (namespace: string, ports: string) =>
  `kind: Service\napiVersion: v1\nmetadata: {name: s, namespace: ${namespace}}\nspec:\n  type: ${ports}\n`;
const TYPE = ['spec', 'type'];

describe('a field stands', () => {
  test.each<[string, TestFiles, FieldPath | null, string | null, string?]>([
    [
      'in a patch file for a target, whatever the patch is called',
      { ...overlay('patches:\n- path: q.yaml\n  target: {kind: Deployment}\n'), 'o/q.yaml': PATCH },
      ['spec', 'replicas'],
      'o/q.yaml:6',
    ],
    [
      'in an inline patch for a target, whatever the patch is called',
      overlay(`patches:\n- target:\n    kind: Dep.*\n    name: a.*\n  patch: |-\n${indented(PATCH)}`),
      ['spec', 'replicas'],
      'o/kustomization.yaml:12',
    ],
    [
      'in the base, when the patch for a target is for another resource',
      { ...overlay('patches:\n- path: q.yaml\n  target: {kind: Deployment, name: b}\n'), 'o/q.yaml': PATCH },
      ['spec', 'replicas'],
      'base/d.yaml:6',
    ],
    [
      'in a JSON patch that appends a container, as YAML 1.1 reads it',
      { ...overlay('patches:\n- path: p.yaml\n  target: {kind: Deployment}\n'), 'o/p.yaml': APPEND },
      ['spec', 'template', 'spec', 'containers', 2, 'stdin'],
      'o/p.yaml:6',
    ],
    [
      'in its own declaration, when a JSON patch appends another container',
      { ...overlay('patches:\n- path: p.yaml\n  target: {kind: Deployment}\n'), 'o/p.yaml': APPEND },
      CONTAINER,
      'base/d.yaml:10-14',
    ],
    [
      'in the base, when a patch adds to the mapping',
      overlay(
        `patches:\n- patch: |-\n${indented(PATCH.replace('whatever', 'app').replace('replicas: 7', 'paused: true'))}`,
      ),
      ['spec'],
      'base/d.yaml:5-16',
    ],
    [
      "in a transformer's own file: the tag of an image",
      {
        ...overlay('transformers: [t.yaml]\n'),
        'o/t.yaml':
          'apiVersion: builtin\nkind: ImageTagTransformer\nmetadata: { name: t }\nimageTag:\n  name: side\n  newTag: "9"\n',
      },
      ['spec', 'template', 'spec', 'containers', 1, 'image'],
      'o/t.yaml:6',
    ],
    [
      "in a transformer's own file: a label, in the second of its documents",
      {
        ...overlay('transformers: [t.yaml]\n'),
        'o/t.yaml':
          'apiVersion: builtin\nkind: AnnotationsTransformer\nmetadata: { name: a }\nannotations: { x: y }\nfieldSpecs: [{ path: metadata/annotations, create: true }]\n---\napiVersion: builtin\nkind: LabelTransformer\nmetadata: { name: l }\nlabels:\n  tier: bad value\nfieldSpecs: [{ path: metadata/labels, create: true }]\n',
      },
      ['metadata', 'labels', 'tier'],
      'o/t.yaml:11',
    ],
    [
      "in a transformer's own file: an inline patch",
      {
        ...overlay('transformers: [t.yaml]\n'),
        'o/t.yaml': `apiVersion: builtin\nkind: PatchTransformer\nmetadata: { name: p }\ntarget: { kind: Deployment }\npatch: |-\n${indented(PATCH)}`,
      },
      ['spec', 'replicas'],
      'o/t.yaml:11',
    ],
    [
      'at the entry that is meant, of two with one name',
      {
        'o/kustomization.yaml': 'resources: [d.yaml]\n',
        'o/d.yaml': DEPLOYMENT.replace('name: side', 'name: app'),
      },
      ['spec', 'template', 'spec', 'containers', 1, 'image'],
      'o/d.yaml:16',
    ],
    [
      'in replacements',
      overlay(
        'replacements:\n- source: {kind: Deployment, fieldPath: metadata.name}\n  targets:\n  - select: {kind: Deployment}\n    fieldPaths:\n    - spec.paused\n    - spec.template.spec.containers.[name=side].image\n    options: {create: true}\n',
      ),
      ['spec', 'template', 'spec', 'containers', 1, 'image'],
      'o/kustomization.yaml:8',
    ],
    [
      'in a file of replacements',
      {
        ...overlay('replacements:\n- path: r.yaml\n'),
        'o/r.yaml':
          'source: {kind: Deployment, fieldPath: metadata.name}\ntargets:\n- select: {kind: Deployment}\n  fieldPaths:\n  - spec.paused\n  options: {create: true}\n',
      },
      ['spec', 'paused'],
      'o/r.yaml:5',
    ],
    [
      'in the document of its own namespace',
      {
        'o/kustomization.yaml': 'resources: [s.yaml]\n',
        'o/s.yaml': [service('b', 'B'), service('a', 'A')].join('---\n'),
      },
      TYPE,
      'o/s.yaml:11',
      'Service',
    ],
    [
      'in the document of its own group',
      {
        'o/kustomization.yaml': 'resources: [s.yaml]\n',
        'o/s.yaml': [service('a', 'x'), service('a', 'y').replace('v1', 'serving.knative.dev/v1')].join(
          '---\n',
        ),
      },
      TYPE,
      'o/s.yaml:11',
      'Service',
    ],
    [
      'under the name that a prefix was put before, and not under one that looks alike',
      {
        'o/kustomization.yaml': 'namePrefix: x-\nresources: [../p]\n',
        'p/kustomization.yaml': 'namePrefix: y-\nresources: [s.yaml]\n',
        'p/s.yaml': [service('a', 'x').replace('name: s', 'name: y-s'), service('a', 'y')].join('---\n'),
      },
      TYPE,
      'p/s.yaml:11',
      'Service',
    ],
    [
      'in the generator of its own kind',
      {
        'o/kustomization.yaml':
          'secretGenerator:\n- name: g\n  literals: [a=canary-none]\nconfigMapGenerator:\n- name: g\n  literals:\n  - a=b\n',
      },
      ['data', 'a'],
      'o/kustomization.yaml:7',
      'ConfigMap',
    ],
  ])('%s', async (...[, files, fieldPath, expected, kind]) => {
    expect(await place(files, fieldPath, kind)).toBe(expected);
  });
});

describe('a field that is missing', () => {
  const message = 'container app has no env.A';
  test.each<[string, TestFiles, string]>([
    [
      'stands at the operation that removes it',
      overlay(
        'patches:\n- target: {kind: Deployment}\n  patch: |-\n    - op: remove\n      path: /spec/template/spec/containers/1/image\n    - op: remove\n      path: /spec/template/spec/containers/0/env\n',
      ),
      'o/kustomization.yaml:7-8',
    ],
    [
      'stands at the null of a patch',
      overlay(
        'patches:\n- patch: |-\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata: {name: app}\n    spec:\n      template:\n        spec:\n          containers:\n          - name: app\n            env: null\n',
      ),
      'o/kustomization.yaml:12',
    ],
    [
      'stands where it was never, when the operation removes something else',
      {
        ...overlay(
          'patches:\n- target: {kind: Deployment}\n  patch: |-\n    - op: remove\n      path: /spec/replicas\n',
        ),
        'base/d.yaml': DEPLOYMENT.replace('        env:\n        - name: A\n          value: b\n', ''),
      },
      'base/d.yaml:10-11',
    ],
  ])('%s', async (_, files, expected) => {
    expect(await place(files, CONTAINER, 'Deployment', message)).toBe(expected);
  });
});
