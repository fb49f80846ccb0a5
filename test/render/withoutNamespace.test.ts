import { expect, test } from '@jest/globals';
import { toResources } from '../../src/model/resource.ts';
import { withoutNamespace } from '../../src/render/withoutNamespace.ts';

const definition = (scope: string) => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'lakes.water.example' },
  spec: { group: 'water.example', scope, names: { kind: 'Lake' } },
});

function object(apiVersion: string, kind: string) {
  return { apiVersion, kind, metadata: { name: 'one', namespace: 'here', labels: { a: 'b' } } };
}

const LAKE = object('water.example/v1', 'Lake');

function namespacesOf(...objects: Parameters<typeof toResources>[0]) {
  return withoutNamespace(toResources(objects)).map(({ namespace, manifest }) => [
    namespace,
    manifest['metadata'],
  ]);
}

const CLEARED = [null, { name: 'one', labels: { a: 'b' } }];
const KEPT = ['here', LAKE.metadata];

test('what its definition calls cluster-scoped loses its namespace', () => {
  expect(namespacesOf(definition('Cluster'), LAKE)[1]).toEqual(CLEARED);
  expect(namespacesOf(definition('Namespaced'), LAKE)[1]).toEqual(KEPT);
  expect(namespacesOf(LAKE)).toEqual([KEPT]);
});

test('a kind of Kubernetes itself loses or keeps it', () => {
  expect(namespacesOf(object('rbac.authorization.k8s.io/v1', 'ClusterRole'))).toEqual([CLEARED]);
  expect(namespacesOf(object('rbac.authorization.k8s.io/v1', 'Role'))).toEqual([KEPT]);
});
