import { expect, test } from '@jest/globals';
import { keyed } from '../../src/model/keyedSource.ts';
import { Redactor } from '../../src/model/redacted.ts';
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

test('fields in another order make no other source', () => {
  const turned = Object.fromEntries(Object.entries(source).toReversed());
  expect(keyed({ ...turned, ...source, values: [{ inline: { a: 1, b: { c: 2, d: 3 } } }] }).key).toBe(
    keyed({ ...source, values: [{ inline: { b: { d: 3, c: 2 }, a: 1 } }] }).key,
  );
});

test('a hidden value is another one where its text is', () => {
  const redactor = new Redactor();
  const keyOf = (text: string) =>
    keyed({ ...source, values: [{ inline: { password: redactor.redact(text) } }] }).key;
  expect(keyOf('one')).toBe(keyOf('one'));
  expect(keyOf('one')).not.toBe(keyOf('other'));
});

test('the key is no field: a copy with other fields cannot have it, and the engine is not sent it', () => {
  const one: RenderSource = keyed(source);
  expect({ ...one, steps: [] }).not.toHaveProperty('key');
  expect(JSON.stringify(one)).toBe(JSON.stringify(source));
  const steps = [{ step: 'metadata', labels: {} }] as const;
  expect(keyed({ ...one, steps }).key).toBe(keyed({ ...source, steps }).key);
});
