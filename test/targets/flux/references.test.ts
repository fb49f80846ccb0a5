import { expect, test } from '@jest/globals';
import type { ManifestObject } from '../../../src/model/manifest.ts';
import { toResources } from '../../../src/model/resource.ts';
import { referredPart } from '../../../src/targets/flux/references.ts';

function partOf(group: string, kind: string, spec: ManifestObject) {
  const [resource] = toResources([{ apiVersion: `${group}/v1`, kind, metadata: { name: 'one' }, spec }]);
  if (resource === undefined) throw new Error('no resource');
  return referredPart(resource);
}

const named = (kind: string, name: string, namespace?: string) => ({ kind, name, namespace });

test.each<[string, string, ManifestObject, object[]]>([
  ['HelmChart', 'source.toolkit', { sourceRef: { kind: 'Bucket', name: 'b' } }, [named('Bucket', 'b')]],
  [
    'GitRepository',
    'source.toolkit',
    { include: [{ repository: { name: 'shared' } }, {}] },
    [named('GitRepository', 'shared')],
  ],
  [
    'ArtifactGenerator',
    'source.extensions',
    { sources: [{ alias: 'a', kind: 'OCIRepository', name: 'o', namespace: 'n' }, { alias: 'half' }] },
    [named('OCIRepository', 'o', 'n')],
  ],
  [
    'Kustomization',
    'kustomize.toolkit',
    {
      sourceRef: { kind: 'GitRepository', name: 'g', namespace: 'flux-system' },
      postBuild: { substituteFrom: [{ kind: 'ConfigMap', name: 'vars' }] },
      patches: [{ target: { kind: 'Deployment', name: 'no-reference' } }],
    },
    [named('GitRepository', 'g', 'flux-system'), named('ConfigMap', 'vars')],
  ],
  [
    'HelmRelease',
    'helm.toolkit',
    {
      chart: { spec: { chart: 'c', sourceRef: { kind: 'HelmRepository', name: 'h' } } },
      valuesFrom: [{ kind: 'Secret', name: 's' }],
    },
    [named('HelmRepository', 'h'), named('Secret', 's')],
  ],
  ['HelmRelease', 'helm.toolkit', { chartRef: { kind: 'HelmChart', name: 'c' } }, [named('HelmChart', 'c')]],
])('%s of %s names the objects that it takes something from', (kind, group, spec, references) => {
  expect(partOf(`${group}.fluxcd.io`, kind, spec)?.references).toEqual(references);
});

test('when a source is fetched decides nothing of what it gives', () => {
  const [often, seldom, other] = [
    { url: 'https://a.example', interval: '1m', timeout: '20s' },
    { url: 'https://a.example', interval: '9h', suspend: true },
    { url: 'https://b.example', interval: '9h', suspend: true },
  ].map((spec) => partOf('source.toolkit.fluxcd.io', 'GitRepository', spec)?.decides);
  expect(often).toEqual(seldom);
  expect(often).not.toEqual(other);
});

test('says nothing of objects of others', () => {
  expect(partOf('apps', 'Deployment', { sourceRef: { kind: 'Bucket', name: 'b' } })).toBe(null);
});
