import { afterAll, expect, test } from '@jest/globals';
import { EnginePool } from '../../src/engine/pool.ts';
import { chart, dataDocument, gitRepository, helmRelease } from '../helpers/operators.ts';
import { changesOf, findingsOf, gapsOf, reviewed } from './operatorsReview.ts';

const engine = new EnginePool({ size: 1 });
afterAll(() => engine.close());

const set = (from: string) => `apiVersion: fluxcd.controlplane.io/v1
kind: ResourceSet
metadata: { name: copies, namespace: flux-system }
spec:
  resources:
    - apiVersion: v1
      kind: ConfigMap
      metadata: { name: copy, namespace: flux-system, annotations: { fluxcd.controlplane.io/copyFrom: ${from} } }
`;
const FILES = {
  'sync.yaml': gitRepository(),
  ...chart('chart'),
  'release.yaml': helmRelease('web', './chart', {
    more: '  valuesFrom: [{ kind: ConfigMap, name: copy }]\n',
  }),
  'source.yaml': dataDocument('ConfigMap', 'source', "values.yaml: 'a: one'", 'shared'),
};

test('values of a copy are those of what it is copied from', async () => {
  const base = { ...FILES, 'set.yaml': set('shared/source') };
  const head = { 'source.yaml': dataDocument('ConfigMap', 'source', "values.yaml: 'a: two'", 'shared') };
  const review = await reviewed(engine, { base, head });
  expect(changesOf(review)).toEqual(['HelmRelease/flux-system/web changed ConfigMap/web']);
  expect(gapsOf(review)).toEqual([]);
});

test('of what is not in the repository they are not validated, and no mistake', async () => {
  const review = await reviewed(engine, {
    base: {},
    head: { ...FILES, 'set.yaml': set('shared/elsewhere') },
  });
  expect(findingsOf(review)).toEqual([]);
  expect(gapsOf(review)).toEqual([
    'HelmRelease/flux-system/web: the values of ConfigMap flux-system/copy are not known: those of its key values.yaml are left out',
  ]);
});
