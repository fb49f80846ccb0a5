import { performance } from 'node:perf_hooks';
import { expect, test } from '@jest/globals';
import { credentialsIn } from '../../src/secrets/detectors.ts';

test('a credential is told by its form, and an example is none', async () => {
  const text = 'url: postgres://shop:canary-Zx8vQ2@db.example.com/shop\n';
  const [found, ...more] = await credentialsIn(text);
  expect(more).toEqual([]);
  expect(found?.detector).toBe('database-connection-string');
  expect(text.slice(found?.start, found?.end)).toContain('db.example.com');
  expect(await credentialsIn('url: postgres://shop:password@db.example.com/shop\n')).toEqual([]);
});

test('a search leaves nothing behind that the next one is slowed down by', async () => {
  performance.clearMarks();
  for (let round = 0; round < 20; round++) await credentialsIn('a: b\n');
  await new Promise((resolve) => setImmediate(resolve));
  expect(performance.getEntriesByType('mark')).toEqual([]);
});
