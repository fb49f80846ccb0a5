import { describe, expect, test } from '@jest/globals';
import { findDangers } from '../../../src/checks/danger/findDangers.ts';
import { target } from '../../helpers/targets.ts';
import { resourceOf } from '../schemas/manifests.ts';
import { dangers, manifest, shown } from './changes.ts';

describe('a volume that shrinks', () => {
  const claim = (size: string) =>
    manifest('v1', 'PersistentVolumeClaim', `spec: { resources: { requests: { storage: ${size} } } }`);

  test('is refused', () => {
    expect(dangers(claim('2Gi'), claim('1Gi'))).toEqual([
      'immutable-field spec.resources.requests.storage: a volume cannot shrink from 2Gi to 1Gi: the API server refuses the change, and the sync fails until PersistentVolumeClaim web/web is deleted, with its data',
    ]);
  });

  test.each([
    ['1Gi', '1G', 1],
    ['1G', '1Gi', 0],
    ['1024Mi', '1Gi', 0],
    ['"2e3"', '1k', 1],
    ['1Ti', '1023Gi', 1],
    ['500', '"499"', 1],
    ['much', '1Gi', 0],
    ['1Gi', '1Xi', 0],
  ])('from %s to %s: %d', (base, head, count) => {
    expect(dangers(claim(base), claim(head))).toHaveLength(count);
  });

  test('is none of another kind', () => {
    const other = (size: string) => claim(size).replace('PersistentVolumeClaim', 'Cache');
    expect(dangers(other('2Gi'), other('1Gi'))).toEqual([]);
  });
});

describe('a workload that is scaled to zero', () => {
  const workload = (kind: string, apiVersion: string, spec: string) =>
    manifest(apiVersion, kind, `spec: { ${spec} }`);
  const ZERO = 'replicas: 0';

  test.each([
    ['Deployment', 'apps/v1'],
    ['StatefulSet', 'apps/v1'],
    ['ReplicaSet', 'apps/v1'],
    ['Rollout', 'argoproj.io/v1alpha1'],
  ])('a %s', (kind, apiVersion) => {
    const of = (spec: string) => workload(kind, apiVersion, spec);
    expect(dangers(of('replicas: 3'), of(ZERO))).toEqual([
      `scaled-to-zero spec.replicas: ${kind} web/web is scaled to zero: all 3 Pods of it stop, and nothing serves its traffic`,
    ]);
    expect(dangers(of(''), of(ZERO))).toEqual([
      `scaled-to-zero spec.replicas: ${kind} web/web is scaled to zero: the only Pod of it stop, and nothing serves its traffic`,
    ]);
    for (const [base, head] of [
      [ZERO, ZERO],
      ['replicas: 3', 'replicas: 1'],
      ['replicas: 3', ''],
    ] as const)
      expect(dangers(of(base), of(head))).toEqual([]);
  });

  test('is none of a kind that has no Pods', () => {
    const of = (spec: string) => workload('Pool', 'example.com/v1', spec);
    expect(dangers(of('replicas: 3'), of(ZERO))).toEqual([]);
  });
});

describe('a removed resource', () => {
  const removed = (apiVersion: string, kind: string, fields = '') =>
    dangers(manifest(apiVersion, kind, fields), null);

  test.each([
    ['Namespace', 'v1', '', 'data-loss: with everything in it, also what Git does not hold'],
    [
      'CustomResourceDefinition',
      'apiextensions.k8s.io/v1',
      'spec: { names: { kind: Widget } }',
      'data-loss: with every Widget in the cluster',
    ],
    [
      'PersistentVolumeClaim',
      'v1',
      '',
      'data-loss: and its volume’s data, unless the volume’s reclaim policy is Retain',
    ],
    ['PersistentVolume', 'v1', '', 'data-loss: and nothing claims its storage by this name any more'],
    [
      'PersistentVolume',
      'v1',
      'spec: { persistentVolumeReclaimPolicy: Delete }',
      'data-loss: and the storage behind it, once no claim is bound to it',
    ],
    ['StatefulSet', 'apps/v1', '', 'stateful-set-pruned: its Pods stop; the claims of its volumes stay'],
    [
      'StatefulSet',
      'apps/v1',
      'spec: { persistentVolumeClaimRetentionPolicy: { whenDeleted: Delete } }',
      'stateful-set-pruned: its Pods stop, and the claims of its volumes go with their data',
    ],
  ])('%s of %s with {%s}', (kind, apiVersion, fields, loss) => {
    const [rule, effect] = loss.split(': ');
    expect(removed(apiVersion, kind, fields)).toEqual([`${rule} -: ${kind} web/web is deleted, ${effect}`]);
  });

  test('loses nothing where it holds nothing', () => {
    expect(removed('v1', 'ConfigMap')).toEqual([]);
    expect(removed('example.com/v1', 'Namespace')).toEqual([]);
  });

  test('is lost only where something prunes, and not where it is kept', () => {
    const namespace = manifest('v1', 'Namespace');
    expect(dangers(namespace, null, { fate: 'kept' })).toEqual([]);
    expect(dangers(namespace, null, { fate: 'unknown' })).toEqual([
      'data-loss -: where what applies web prunes, Namespace web/web is deleted, with everything in it, also what Git does not hold',
    ]);
  });

  test('is the base’s, and an added one is no danger', () => {
    const resource = resourceOf(manifest('v1', 'Namespace'));
    const found = (base: typeof resource | null, head: typeof resource | null) =>
      findDangers({
        target: target(),
        pairs: [{ target: target(), base, head }],
        moves: [],
        fateOf: () => 'deleted',
        forced: false,
        heeds: [],
      });
    expect(found(resource, null)).toMatchObject([{ removed: true, resource }]);
    expect(found(null, resource)).toEqual([]);
  });
});

describe('a definition that drops a version', () => {
  const definition = (...versions: string[]) =>
    manifest(
      'apiextensions.k8s.io/v1',
      'CustomResourceDefinition',
      `spec: { versions: [${versions.join(', ')}] }`,
    );
  const STORED = '{ name: v1, storage: true }';
  const SERVED = '{ name: v2, storage: false }';

  test('in which objects are stored is refused', () => {
    expect(dangers(definition(STORED, SERVED), definition('{ name: v2, storage: true }'))).toEqual([
      'stored-version-removed spec.versions: version v1 is removed, in which the cluster stores the objects of web: the API server refuses the change while `status.storedVersions` lists it; store them in another version first',
    ]);
  });

  test('that is only served, or stores in another one and keeps it, is not', () => {
    expect(dangers(definition(STORED, SERVED), definition(STORED))).toEqual([]);
    expect(
      dangers(
        definition(STORED, SERVED),
        definition('{ name: v1, storage: false }', '{ name: v2, storage: true }'),
      ),
    ).toEqual([]);
  });
});

describe('resources that go to another namespace', () => {
  const at = (namespace: string | null, name: string) =>
    resourceOf(
      `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}${namespace === null ? '' : `, namespace: ${namespace}`} }\n`,
    );
  const move = (from: string | null, to: string | null, name = 'a') => ({
    base: at(from, name),
    head: at(to, name),
  });
  const found = (
    moves: ReturnType<typeof move>[],
    fates: Record<string, 'deleted' | 'kept' | 'unknown'> = {},
  ) =>
    findDangers({
      target: target(),
      pairs: [],
      moves,
      fateOf: ({ name }) => fates[name] ?? 'deleted',
      forced: false,
      heeds: [],
    }).map(shown);

  test('are told once for each pair of namespaces', () => {
    expect(found([move('x', 'y', 'a'), move('x', 'y', 'b'), move(null, 'y', 'c')])).toEqual([
      'namespace-moved metadata.namespace: 2 resources go from x to y: new ones are made there, and those in x are deleted; volumes and their data do not move',
      'namespace-moved metadata.namespace: ConfigMap y/c goes from no namespace to y: new ones are made there, and those in no namespace are deleted; volumes and their data do not move',
    ]);
  });

  test('leave old ones as their fates say', () => {
    const moves = [move('x', 'y', 'a'), move('x', 'y', 'b')];
    expect(found(moves, { a: 'kept', b: 'kept' })).toEqual([expect.stringContaining('those in x stay;')]);
    for (const fate of ['deleted', 'unknown'] as const)
      expect(found(moves, { a: 'kept', b: fate })).toEqual([
        expect.stringContaining('those in x are deleted where something prunes;'),
      ]);
  });

  test('are none where only another name is given', () => {
    expect(found([move('x', 'x')])).toEqual([]);
  });
});
