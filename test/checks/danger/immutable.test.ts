import { describe, expect, test } from '@jest/globals';
import type { Heeded } from '../../../src/model/heeded.ts';
import { dangers, manifest } from './changes.ts';

/** The fields that are refused when a resource changes from one to the other. */
function refused(base: string, head: string): string[] {
  return dangers(base, head).map((danger) => danger.replace(/^immutable-field (\S+): .*$/, '$1'));
}

/** Both forms of a resource, by its fields. */
function change(kind: string, base: string, head: string): [string, string] {
  const [name = '', apiVersion = 'v1'] = kind.split(' ');
  return [manifest(apiVersion, name, base), manifest(apiVersion, name, head)];
}

const STORAGE = 'StorageClass storage.k8s.io/v1';
const template = (more: string) =>
  `spec: { volumeClaimTemplates: [{ metadata: { name: a }, spec: { resources: { requests: { storage: 1Gi } }${more} } }] }`;

describe('a field that the API server never changes', () => {
  test.each<[field: string, kind: string, base: string, head: string]>([
    ['spec.selector', 'Deployment apps/v1', 'spec: { selector: { a: b } }', 'spec: { selector: { a: c } }'],
    ['spec.selector', 'ReplicaSet apps/v1', 'spec: { selector: { a: b } }', 'spec: { selector: { a: c } }'],
    ['spec.selector', 'DaemonSet apps/v1', 'spec: { selector: { a: b } }', 'spec: { selector: { a: c } }'],
    ['spec.serviceName', 'StatefulSet apps/v1', 'spec: { serviceName: a }', 'spec: { serviceName: b }'],
    [
      'spec.podManagementPolicy',
      'StatefulSet apps/v1',
      'spec: {}',
      'spec: { podManagementPolicy: Parallel }',
    ],
    ['spec.volumeClaimTemplates', 'StatefulSet apps/v1', template(''), template(', storageClassName: fast')],
    ['spec.template', 'Job batch/v1', 'spec: { template: { a: b } }', 'spec: { template: { a: c } }'],
    ['spec.completionMode', 'Job batch/v1', 'spec: {}', 'spec: { completionMode: Indexed }'],
    ['spec.clusterIP', 'Service', 'spec: { clusterIP: 10.0.0.1 }', 'spec: { clusterIP: 10.0.0.2 }'],
    ['spec.clusterIP', 'Service', 'spec: {}', 'spec: { clusterIP: None }'],
    ['spec.storageClassName', 'PersistentVolumeClaim', 'spec: { storageClassName: a }', 'spec: {}'],
    ['spec.accessModes', 'PersistentVolumeClaim', 'spec: { accessModes: [a] }', 'spec: { accessModes: [b] }'],
    ['spec.volumeName', 'PersistentVolumeClaim', 'spec: { volumeName: a }', 'spec: { volumeName: b }'],
    ['spec.nfs', 'PersistentVolume', 'spec: { nfs: { path: /a } }', 'spec: { nfs: { path: /b } }'],
    ['type', 'Secret', '', 'type: example.com/a'],
    ['provisioner', STORAGE, 'provisioner: a', 'provisioner: b'],
    ['reclaimPolicy', STORAGE, '', 'reclaimPolicy: Retain'],
    ['roleRef', 'RoleBinding rbac.authorization.k8s.io/v1', 'roleRef: { name: a }', 'roleRef: { name: b }'],
    ['value', 'PriorityClass scheduling.k8s.io/v1', 'value: 1', 'value: 2'],
    [
      'spec.scope',
      'CustomResourceDefinition apiextensions.k8s.io/v1',
      'spec: { scope: Cluster }',
      'spec: { scope: Namespaced }',
    ],
  ])('%s of a %s', (field, kind, base, head) => {
    expect(refused(...change(kind, base, head))).toEqual([field]);
    expect(refused(...change(kind, base, base))).toEqual([]);
  });

  test.each<[why: string, kind: string, base: string, head: string]>([
    ['what is written out is what an absent one means', 'Secret', '', 'type: Opaque'],
    [
      'it is written out of a claim template, too',
      'StatefulSet apps/v1',
      template(''),
      template(', volumeMode: Filesystem'),
    ],
    [
      'the class was for the cluster to choose',
      'PersistentVolumeClaim',
      'spec: {}',
      'spec: { storageClassName: a }',
    ],
    ['the cluster keeps the address that it gave', 'Service', 'spec: { clusterIP: 10.0.0.1 }', 'spec: {}'],
    [
      'a Service that was a name alone gets an address',
      'Service',
      'spec: { type: ExternalName }',
      'spec: { clusterIP: 10.0.0.1 }',
    ],
    [
      'it is a field of that name of another kind',
      'Deployment example.com/v1',
      'spec: { selector: a }',
      'spec: { selector: b }',
    ],
    [
      'a Deployment may have another template',
      'Deployment apps/v1',
      'spec: { template: a }',
      'spec: { template: b }',
    ],
  ])('is none where %s', (_, kind, base, head) => {
    expect(refused(...change(kind, base, head))).toEqual([]);
  });

  test('is the content of what was immutable before, and not of what becomes so', () => {
    const map = (fields: string) => manifest('v1', 'ConfigMap', fields);
    const sealed = map('immutable: true\ndata: { a: b }');
    expect(refused(sealed, map('immutable: true\ndata: { a: c }'))).toEqual(['data']);
    expect(refused(sealed, map('data: { a: b }'))).toEqual(['immutable']);
    expect(refused(map('data: { a: b }'), map('immutable: true\ndata: { a: c }'))).toEqual([]);
  });
});

describe('what becomes of the change', () => {
  const selector = (app: string, metadata = '') =>
    manifest('apps/v1', 'Deployment', `spec: { selector: { app: ${app} } }`, metadata);
  const CANNOT = 'immutable-field spec.selector: `spec.selector` of a Deployment cannot change';
  const REFUSED = `${CANNOT}: the API server refuses the change, and the sync fails until Deployment web/web is deleted`;
  const FORCED = `${CANNOT}: Deployment web/web is deleted and made anew, as its operator is told to force it`;

  test('it is refused', () => {
    expect(dangers(selector('a'), selector('b'))).toEqual([REFUSED]);
  });

  test('it is forced where the target or the resource says so', () => {
    expect(dangers(selector('a'), selector('b'), { forced: true })).toEqual([FORCED]);
    for (const annotation of [
      'argocd.argoproj.io/sync-options: "Prune=false,Force=true"',
      'kustomize.toolkit.fluxcd.io/force: Enabled',
    ])
      expect(dangers(selector('a'), selector('b', `, annotations: { ${annotation} }`))).toEqual([FORCED]);
  });

  test('hooks are made anew anyway, and what a chart installs only once is none', () => {
    const hook = (annotation: string, heeds?: Heeded[]) =>
      dangers(
        selector('a'),
        selector('b', `, annotations: { ${annotation} }`),
        heeds === undefined ? {} : { heeds },
      );
    expect(hook('argocd.argoproj.io/hook: Sync')).toEqual([]);
    expect(hook('helm.sh/hook: pre-install')).toEqual([]);
    expect(hook('helm.sh/hook: crd-install')).toEqual([REFUSED]);
    expect(hook('argocd.argoproj.io/hook: Sync', ['Flux'])).toEqual([REFUSED]);
    expect(hook('helm.sh/hook: pre-install', ['Flux'])).toEqual([REFUSED]);
  });
});
