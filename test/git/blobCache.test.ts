import { expect, test } from '@jest/globals';
import { BlobCache } from '../../src/git/blobCache.ts';

const MEGABYTE = 1024 * 1024;

test('the contents used last are kept, up to sixteen megabytes, and no large ones', () => {
  const cache = new BlobCache();
  for (let index = 0; index < 16; index++) cache.set(`b${index}`, new Uint8Array(MEGABYTE).fill(index));
  expect(cache.get('b0')?.[0]).toBe(0);
  cache.set('b16', new Uint8Array(MEGABYTE));
  cache.set('large', new Uint8Array(5 * MEGABYTE));
  expect(['b0', 'b1', 'b2', 'b16', 'large'].map((oid) => cache.get(oid) !== undefined)).toEqual([
    true,
    false,
    true,
    true,
    false,
  ]);
});
