import { appendFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { openUncommitted, UNCOMMITTED } from '../../src/git/uncommitted.ts';
import { findWorktree, uncommittedPaths } from '../../src/git/worktree.ts';
import { createRepository, type TestRepository } from '../helpers/repository.ts';

/** A clone with files on the disk, of which some are changed, removed, new and ignored. */
async function changedClone(): Promise<TestRepository> {
  const files = await createRepository();
  await files.commit({
    'a.yaml': 'a: 1\n',
    'b/c.yaml': 'c: 1\n',
    'd.yaml': 'd: 1\n',
    '.gitignore': '*.log\n',
  });
  await files.git(['reset', '--hard', '--quiet']);
  await writeFile(path.join(files.dir, 'a.yaml'), 'a: 2\n');
  await rm(path.join(files.dir, 'd.yaml'));
  await mkdir(path.join(files.dir, 'e'));
  await writeFile(path.join(files.dir, 'e', 'new ä.yaml'), 'e: 1\n');
  await writeFile(path.join(files.dir, 'x.log'), 'ignored');
  return files;
}

/** All of a repository's own files, with what is in them. */
async function contents(dir: string): Promise<Record<string, string>> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const found = entries
    .filter((entry) => entry.isFile())
    .map(async (entry) => {
      const file = path.join(entry.parentPath, entry.name);
      return [file, (await readFile(file)).toString('base64')];
    });
  return Object.fromEntries(await Promise.all(found));
}

test('the files on the disk are a commit, and nothing of the repository is touched', async () => {
  const files = await changedClone();
  const before = await contents(files.dir);
  const repository = await openUncommitted(files.dir);
  const head = await repository.resolve('HEAD');
  const commit = await repository.resolve(UNCOMMITTED);
  const changed = await repository.changedPaths(head, commit);
  const snapshot = await repository.snapshot(commit);
  const read = async (file: string) => Buffer.from(await snapshot.read(file)).toString();

  expect(changed.map((one) => one.path).toSorted()).toEqual(['a.yaml', 'd.yaml', 'e/new ä.yaml']);
  expect([await read('a.yaml'), await read('b/c.yaml'), await read('e/new ä.yaml')]).toEqual([
    'a: 2\n',
    'c: 1\n',
    'e: 1\n',
  ]);
  expect(await repository.mergeBase('HEAD', commit)).toBe(head);
  expect(await repository.defaultBranch()).toBe('refs/heads/main');
  expect(await contents(files.dir)).toEqual(before);

  const { gitDir } = repository;
  await repository.close();
  await expect(readdir(gitDir)).rejects.toThrow('ENOENT');
  expect(await contents(files.dir)).toEqual(before);
});

test('names what is not committed, and runs no filter of the repository for it', async () => {
  const files = await changedClone();
  const ran = path.join(files.dir, 'ran.log');
  await appendFile(
    path.join(files.dir, '.git/config'),
    `[filter "x"]\n\tclean = touch '${ran}'; cat\n\trequired = true\n`,
  );
  await appendFile(path.join(files.dir, '.git/info/attributes'), '*.yaml filter=x\n').catch(async () => {
    await mkdir(path.join(files.dir, '.git/info'));
    await writeFile(path.join(files.dir, '.git/info/attributes'), '*.yaml filter=x\n');
  });
  const worktree = await findWorktree(files.dir);
  expect(worktree).not.toBeNull();
  if (worktree === null) return;
  expect((await uncommittedPaths(worktree)).toSorted()).toEqual(['a.yaml', 'd.yaml', 'e/new ä.yaml']);
  await expect(readFile(ran)).rejects.toThrow('ENOENT');
});

test('a bare repository and one without files on the disk have nothing uncommitted', async () => {
  const bare = await createRepository({ bare: true });
  await bare.commit({ a: 'b' });
  expect(await findWorktree(bare.dir)).toBeNull();
  const empty = await createRepository();
  await empty.commit({ a: 'b' });
  expect(await findWorktree(empty.dir)).toBeNull();
  await expect(openUncommitted(bare.dir)).rejects.toThrow(
    'has no files checked out; name a commit with --head',
  );
});
