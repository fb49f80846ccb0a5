import { readdir } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { packageFile } from '../../src/model/packageFile.ts';
import { createFolder } from '../helpers/repository.ts';
import { writeFiles } from './writeFiles.ts';

const { removeStale }: { removeStale: (root: string, bundled?: string[]) => void } = await import(
  packageFile('scripts/building/removeStale.mjs')
);

test('of dist/ stays what the sources make, the engine, the compiled policies and the validators', async () => {
  const root = await createFolder();
  const built = [
    'dist/hydrant-engine',
    'dist/policies/a.json',
    'dist/validators/a.bin',
    'dist/src/a/kept.js',
    'dist/src/a/kept.js.map',
  ];
  const stale = ['dist/src/a/gone.js', 'dist/src/room/gone.js', 'dist/test/helpers/gone.js', 'dist/gone.js'];
  const files = ['src/a/kept.ts', ...built, ...stale];
  await writeFiles(root, Object.fromEntries(files.map((file) => [file, ''])));
  removeStale(root);
  const left = await readdir(root, { recursive: true });
  expect(left.filter((file) => /\.|engine$/.test(file)).toSorted()).toEqual(
    ['src/a/kept.ts', ...built].toSorted(),
  );
  expect(left).not.toContain('dist/src/room');
});

test('what was put together stays, and what an earlier build put together goes', async () => {
  const root = await createFolder();
  const files = ['chunks/one-A1.js', 'chunks/one-A1.js.map', 'chunks/one-B2.js', 'a/main.js'];
  await writeFiles(
    root,
    Object.fromEntries(
      ['src/a/main.ts', ...files.map((file) => `dist/src/${file}`)].map((file) => [file, '']),
    ),
  );
  removeStale(root, ['a/main.js', 'chunks/one-B2.js']);
  expect(await readdir(`${root}/dist/src/chunks`)).toEqual(['one-B2.js']);
  expect(await readdir(`${root}/dist/src/a`)).toEqual(['main.js']);
});

test('there may be no dist/ yet', async () => {
  const root = await createFolder();
  expect(() => removeStale(root)).not.toThrow();
});
