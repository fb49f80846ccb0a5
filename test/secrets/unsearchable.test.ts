import { expect, test } from '@jest/globals';
import { unsearchable } from '../../src/secrets/unsearchable.ts';

const binary = Buffer.from([0x30, 0x82, 0, 1]);
const pointer = Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n');

test.each<[name: string, path: string, bytes: Buffer, expected: string | null]>([
  ['a store of keys', 'keys/shop.p12', binary, 'it is an archive or a store of keys'],
  ['an archive', 'backup.zip', binary, 'it is an archive or a store of keys'],
  ['a file that Git LFS keeps', 'shop/values.yaml', pointer, 'Git LFS keeps its content elsewhere'],
  ['a picture', 'docs/shop.png', binary, null],
  ['a picture that Git LFS keeps', 'docs/shop.png', pointer, null],
  ['an archive of a chart', 'charts/shop-1.0.0.tgz', binary, null],
  ['an encrypted archive', 'backup.zip', Buffer.from('\0GITCRYPT\0abc'), null],
  ['a text', 'a.yaml', Buffer.from('a: b\n'), null],
])('%s', (_, path, bytes, expected) => {
  expect(unsearchable(path, bytes)).toBe(expected);
});
