import { expect, test } from '@jest/globals';
import { confinedTo } from '../../../src/checks/policies/confinedTo.ts';
import { keyed } from '../../../src/model/keyedSource.ts';
import type { Target } from '../../../src/model/target.ts';

function target(kind: Target['kind'], source: Target['source']): Target {
  return { id: 'a', kind, path: '.', cluster: null, environment: null, source };
}

const RELEASE = keyed({
  tool: 'helm',
  chart: { path: 'c' },
  releaseName: 'r',
  namespace: 'n',
  values: [],
  includeCrds: true,
});

test('all resources of what is not rendered stand where the object that declares it says', () => {
  const unknown = target('HelmRelease', { tool: 'none', reason: 'it is elsewhere' });
  expect(confinedTo(unknown, { confinedTo: 'shop' })).toBe('shop');
  expect(confinedTo(unknown, { confinedTo: null })).toBeNull();
});

test('a chart stays in the namespace of its release, a folder anywhere', () => {
  expect(confinedTo(target('helm', RELEASE), undefined)).toBe('n');
  expect(confinedTo(target('Application', RELEASE), { confinedTo: 'shop' })).toBe('n');
  expect(confinedTo(target('kustomize', keyed({ tool: 'kustomize', path: 'a' })), undefined)).toBeNull();
});
