import { afterAll, expect, test } from '@jest/globals';
import { changedEntries } from '../../src/git/changedEntries.ts';
import { listChangedPaths } from '../../src/git/changedPaths.ts';
import { ObjectReader } from '../../src/git/objectReader.ts';
import { listTree } from '../../src/git/tree.ts';
import { createRepository, type TestRepository } from '../helpers/repository.ts';

const readers: ObjectReader[] = [];
afterAll(() => Promise.all(readers.map((reader) => reader.close())));

function readerOf({ gitDir }: TestRepository): ObjectReader {
  const reader = new ObjectReader(gitDir);
  readers.push(reader);
  return reader;
}

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
  await expect(listTree(readerOf(made), commit, limits)).rejects.toMatchObject({
    code: 'tree-too-large',
    message: expect.stringMatching(
      `^The tree of commit ${commit} has more than 1,000,000 files and folders, or 1 MiB of their names, and is not read\\. The first that is too much is in the folder (a/){20,}[ab](/[ab])*\\. Keep fewer files in one repository\\.$`,
    ),
  });
});

test('as many entries as are listed are, and not one more', async () => {
  const made = await createRepository();
  const commit = await doubling(made, 2);
  const objects = readerOf(made);
  const entries = 2 + 4 + 4;
  const bytes = 1 << 20;
  expect((await listTree(objects, commit, { entries, bytes })).size).toBe(entries);
  for (const limits of [
    { entries: entries - 1, bytes },
    { entries, bytes: 100 },
  ]) {
    await expect(listTree(objects, commit, limits)).rejects.toMatchObject({ code: 'tree-too-large' });
  }
});

test('differences of trees without end are refused likewise', async () => {
  const made = await createRepository();
  const base = await made.commit({ a: 'b' });
  const commits = [base, await doubling(made, 40)] as const;
  const changed = changedEntries(readerOf(made), commits, { entries: 10_000, bytes: 1 << 20 });
  await expect(changed).rejects.toMatchObject({ code: 'tree-too-large' });
});

test('modes are told as git tells them, and a damaged tree is said', async () => {
  const made = await createRepository();
  const oid = Buffer.from((await made.git(['hash-object', '-w', '--stdin'], 'x')).trim(), 'hex');
  const commitOf = async (...lines: readonly (string | Buffer)[]) => {
    const content = Buffer.concat(lines.map((line) => (typeof line === 'string' ? Buffer.from(line) : line)));
    const tree = await made.git(['hash-object', '-w', '-t', 'tree', '--literally', '--stdin'], content);
    return made.git(['commit-tree', tree.trim(), '-m', 'one']);
  };
  const odd = await commitOf('100664 a b\0', oid, '100775 c\0', oid);
  const plain = await commitOf('100644 a b\0', oid, '100644 c\0', oid);
  const objects = readerOf(made);
  const kinds = [...(await listTree(objects, odd)).values()].map(({ path, kind }) => `${kind} ${path}`);
  expect(kinds).toEqual(['file a b', 'file c']);
  expect(await listChangedPaths(objects, plain, odd)).toEqual([{ path: 'c', change: 'changed' }]);
  for (const lines of [
    ['100644 a\0', oid.subarray(1)],
    ['100644 \0', oid],
    ['1006449 a\0', oid],
    ['a\0', oid],
  ]) {
    await expect(listTree(objects, await commitOf(...lines))).rejects.toMatchObject({ code: 'git-failed' });
  }
});
