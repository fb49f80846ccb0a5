import { expect, test } from '@jest/globals';
import { decodeText } from '../../src/dialects/decodeText.ts';
import { followLinks } from '../../src/model/followLinks.ts';
import type { TreeEntry } from '../../src/model/snapshot.ts';

const LINKS: Record<string, string> = {
  'a/link.yaml': 'file.yaml',
  'a/up': '../b',
  'a/twice.yaml': 'link.yaml',
  'a/self': 'self',
  'a/out': '../../etc/passwd',
  'a/absolute': '/etc/passwd',
};
const FILES = ['a/file.yaml', 'b/c/file.yaml'];

const entries = new Map<string, TreeEntry>([
  ...Object.keys(LINKS).map((path): [string, TreeEntry] => [path, { path, kind: 'symlink', oid: '' }]),
  ...FILES.map((path): [string, TreeEntry] => [path, { path, kind: 'file', oid: '' }]),
]);
const read = async (path: string) => Buffer.from(LINKS[path] ?? '');

test.each([
  ['a/file.yaml', 'a/file.yaml'],
  ['a/link.yaml', 'a/file.yaml'],
  ['a/twice.yaml', 'a/file.yaml'],
  ['a/up/c/file.yaml', 'b/c/file.yaml'],
  ['a/up/../link.yaml', 'a/file.yaml'],
  ['a/self', null],
  ['a/out', null],
  ['a/absolute', null],
  ['a/gone', null],
])('%s leads to %s', async (path, expected) => {
  expect(await followLinks({ entries, read }, path)).toBe(expected);
});

test('text is read in UTF-8, and in UTF-16 where it says so', () => {
  const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('ä', 'utf16le')]);
  expect(decodeText(Buffer.from('ä'))).toBe('ä');
  expect(decodeText(wide)).toBe('ä');
  expect(decodeText(Buffer.from(wide).swap16())).toBe('ä');
});
