import { expect, test } from '@jest/globals';
import { pathName, splitNul } from '../../src/git/pathName.ts';
import { fc } from '../helpers/properties.ts';

test('text stays as it is, and other bytes are written as git prints them', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (name) => expect(pathName(Buffer.from(name))).toBe(name)),
  );
  expect(pathName(Buffer.from([0xef, 0xbb, 0xbf, 0x61]))).toBe('\uFEFFa');
  expect(pathName(Buffer.from([0x63, 0xe9, 0x2f, 0x80, 0xff]))).toBe('c\\351/\\200\\377');
});

test('parts end with a NUL and may be empty', () => {
  expect([...splitNul(Buffer.from('a\0\0bc\0'))].map(String)).toEqual(['a', '', 'bc']);
  expect([...splitNul(Buffer.alloc(0))]).toEqual([]);
});
