import { expect, test } from '@jest/globals';
import { unsearchable } from '../../src/secrets/unsearchable.ts';

const binary = Buffer.from([0x30, 0x82, 0, 1]);
const pointer = Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n');
const packed = Buffer.from([0x1f, 0x8b, 8, 0]);
const NO_TEXT = 'it is no text in UTF-8, nor in UTF-16 with a byte order mark';

test.each<[name: string, path: string, bytes: Buffer, expected: string | null]>([
  ['a store of keys', 'keys/shop.p12', binary, NO_TEXT],
  ['an archive', 'backup.zip', Buffer.from('PK\x03\x04abc'), 'it is an archive'],
  ['an archive of a chart that none depends on', 'shop-1.0.0.tgz', packed, 'it is an archive'],
  ['an archive of another name', 'shop.bin', packed, 'it is an archive'],
  ['a text without a mark of its encoding', 'shop.yaml', Buffer.from('a: b\n', 'utf16le'), NO_TEXT],
  ['an unknown file', 'shop.db', binary, NO_TEXT],
  ['a text that is called a picture', 'shop.ico', Buffer.from('a\0b'), NO_TEXT],
  ['a file that Git LFS keeps', 'shop/values.yaml', pointer, 'Git LFS keeps its content elsewhere'],
  ['a picture', 'docs/shop.png', Buffer.from('\x89PNG\r\n\x1a\n\0\0', 'latin1'), null],
  ['a photograph', 'docs/shop.jpg', Buffer.from('\xff\xd8\xff\xe0\0', 'latin1'), null],
  ['a font', 'docs/shop.ttf', Buffer.from('\0\x01\0\0\0', 'latin1'), null],
  ['a film', 'docs/shop.mp4', Buffer.from('\0\0\0 ftypisom', 'latin1'), null],
  ['a picture that Git LFS keeps', 'docs/shop.png', pointer, null],
  ['an archive of a chart', 'charts/shop-1.0.0.tgz', packed, null],
  ['an encrypted archive', 'backup.zip', Buffer.from('\0GITCRYPT\0abc'), null],
  ['a text', 'a.yaml', Buffer.from('a: b\n'), null],
])('%s', (_, path, bytes, expected) => {
  expect(unsearchable(path, bytes)).toBe(expected);
});
