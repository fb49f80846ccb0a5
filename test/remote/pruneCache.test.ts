import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { CACHE_BOUNDS, pruneCache } from '../../src/remote/pruneCache.ts';
import { createFolder } from '../helpers/repository.ts';

const DAY = 24 * 60 * 60_000;

/** A chart or commit of a size that was used some time ago. */
async function kept(folder: string, name: string, { bytes, ageMs }: { bytes: number; ageMs: number }) {
  const file = path.join(folder, name);
  const content = name.startsWith('git/') ? path.join(file, 'objects', 'pack') : file;
  await mkdir(path.dirname(content), { recursive: true });
  await writeFile(content, 'x'.repeat(bytes));
  const used = new Date(Date.now() - ageMs);
  await utimes(file, used, used);
}

async function left(folder: string): Promise<string[]> {
  const names = await Promise.all(
    ['git', 'sha256'].map(async (kind) =>
      (await readdir(path.join(folder, kind))).map((one) => `${kind}/${one}`),
    ),
  );
  return names.flat().toSorted();
}

test('what was not used for long goes', async () => {
  const folder = await createFolder();
  await kept(folder, 'sha256/old.tgz', { bytes: 1, ageMs: 31 * DAY });
  await kept(folder, 'sha256/new.tgz', { bytes: 1, ageMs: 29 * DAY });
  await kept(folder, 'git/old', { bytes: 1, ageMs: 31 * DAY });
  await kept(folder, 'git/new', { bytes: 1, ageMs: 29 * DAY });
  await pruneCache(folder);
  expect(await left(folder)).toEqual(['git/new', 'sha256/new.tgz']);
});

test('where there is too much, what was used longest ago goes, and nothing that may be in use', async () => {
  const folder = await createFolder();
  await kept(folder, 'sha256/a.tgz', { bytes: 50_000, ageMs: 3 * DAY });
  await kept(folder, 'git/b', { bytes: 50_000, ageMs: 2 * DAY });
  await kept(folder, 'sha256/c.tgz', { bytes: 50_000, ageMs: 1 * DAY });
  await kept(folder, 'git/d', { bytes: 200_000, ageMs: 0 });
  await pruneCache(folder, { ...CACHE_BOUNDS, maxBytes: 280_000 });
  expect(await left(folder)).toEqual(['git/d', 'sha256/c.tgz']);
  await pruneCache(folder, { ...CACHE_BOUNDS, maxBytes: 1 });
  expect(await left(folder)).toEqual(['git/d']);
});

test('a cache that is not there is no error', async () => {
  await pruneCache(path.join(await createFolder(), 'none'));
});
