import { expect, test } from '@jest/globals';
import { listTree } from '../../src/git/tree.ts';
import { createRepository, type TestRepository } from '../helpers/repository.ts';

/** A commit of so many trees, each of which has the next twice: two to that power of paths. */
async function doubling(made: TestRepository, levels: number): Promise<string> {
  const blob = await made.git(['hash-object', '-w', '--stdin'], 'a: b\n');
  let tree = await made.git(['mktree'], `100644 blob ${blob.trim()}\tleaf.yaml\n`);
  for (let level = 0; level < levels; level++) {
    const oid = tree.trim();
    tree = await made.git(['mktree'], `040000 tree ${oid}\ta\n040000 tree ${oid}\tb\n`);
  }
  return (await made.git(['commit-tree', tree.trim(), '-m', 'doubling'])).trim();
}

test('a few trees that are a tree without end are refused in a sentence', async () => {
  const made = await createRepository();
  const commit = await doubling(made, 40);
  const limits = { entries: 1_000_000, bytes: 1 << 20 };
  await expect(listTree(made.gitDir, commit, limits)).rejects.toMatchObject({
    code: 'tree-too-large',
    message: `The tree of commit ${commit} has more than 1,000,000 files and folders, or 1 MiB of their names, and is not read.`,
  });
});

test('as many entries as are listed are, and not one more', async () => {
  const made = await createRepository();
  const commit = await doubling(made, 2);
  const gitDir = made.gitDir;
  const entries = 2 + 4 + 4;
  const bytes = 1 << 20;
  expect((await listTree(gitDir, commit, { entries, bytes })).size).toBe(entries);
  for (const limits of [
    { entries: entries - 1, bytes },
    { entries, bytes: 100 },
  ]) {
    await expect(listTree(gitDir, commit, limits)).rejects.toMatchObject({ code: 'tree-too-large' });
  }
});
