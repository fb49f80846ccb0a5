import { expect, test } from '@jest/globals';
import { confinedTo } from '../../../src/checks/policies/confinedTo.ts';
import type { FoundObject } from '../../../src/model/foundObject.ts';
import { keyed } from '../../../src/model/keyedSource.ts';
import type { ManifestObject } from '../../../src/model/manifest.ts';
import { toResources } from '../../../src/model/resource.ts';
import type { Target } from '../../../src/model/target.ts';

const NOT_FOLLOWED = { tool: 'none', reason: 'it is elsewhere' } as const;

function target(kind: Target['kind'], source: Target['source'] = NOT_FOLLOWED): Target {
  return { id: 'a', kind, path: '.', cluster: null, environment: null, source };
}

function declaredBy(kind: string, spec: ManifestObject): FoundObject {
  const manifest = { apiVersion: 'a.example/v1', kind, metadata: { name: 'a', namespace: 'own' }, spec };
  const [resource] = toResources([manifest]);
  if (resource === undefined) throw new Error('no resource');
  return { resource, cluster: null, environment: null, place: { in: 'file', path: 'a.yaml', document: 0 } };
}

test.each<[string | null, Target['kind'], ManifestObject]>([
  ['own', 'HelmRelease', {}],
  ['shop', 'HelmRelease', { targetNamespace: 'shop' }],
  ['shop', 'Application', { source: { chart: 'a' }, destination: { namespace: 'shop' } }],
  [null, 'Application', { source: { chart: 'a' }, destination: { namespace: '' } }],
  [null, 'Application', { source: { path: 'a' }, destination: { namespace: 'shop' } }],
  ['shop', 'Kustomization', { targetNamespace: 'shop' }],
  [null, 'Kustomization', {}],
])('all resources stand in the namespace %s for %s %j', (namespace, kind, spec) => {
  expect(confinedTo(target(kind), declaredBy(kind, spec))).toBe(namespace);
});

test('a chart stays in the namespace of its release, a folder anywhere', () => {
  const source = keyed({
    tool: 'helm',
    chart: { path: 'c' },
    releaseName: 'r',
    namespace: 'n',
    values: [],
    includeCrds: true,
  });
  expect(confinedTo(target('helm', source), undefined)).toBe('n');
  expect(confinedTo(target('kustomize', keyed({ tool: 'kustomize', path: 'a' })), undefined)).toBeNull();
});
