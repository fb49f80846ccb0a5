import { expect, test } from '@jest/globals';
import { keyed } from '../../src/model/keyedSource.ts';
import type { HelmSource, RenderSource } from '../../src/model/renderSource.ts';

const source: HelmSource = {
  tool: 'helm',
  chart: { path: 'charts/web' },
  releaseName: 'web',
  namespace: 'shop',
  values: [{ inline: { replicas: 2 } }],
  includeCrds: true,
};

test('equal sources have one key, and what differs anywhere another', () => {
  const { key } = keyed(source);
  expect(key).toMatch(/^[0-9a-f]{64}$/);
  expect(keyed({ ...source, values: [{ inline: { replicas: 2 } }] }).key).toBe(key);
  expect(keyed({ ...source, kubeVersion: undefined }).key).toBe(key);
  expect(keyed({ ...source, values: [{ inline: { replicas: 3 } }] }).key).not.toBe(key);
  expect(keyed({ ...source, steps: [{ step: 'metadata', labels: {} }] }).key).not.toBe(key);
  expect(keyed({ tool: 'combined', sources: [source] }).key).not.toBe(key);
});

test('the key is no field: a copy with other fields cannot have it, and the engine is not sent it', () => {
  const one: RenderSource = keyed(source);
  expect({ ...one, steps: [] }).not.toHaveProperty('key');
  expect(JSON.stringify(one)).toBe(JSON.stringify(source));
  const steps = [{ step: 'metadata', labels: {} }] as const;
  expect(keyed({ ...one, steps }).key).toBe(keyed({ ...source, steps }).key);
});
