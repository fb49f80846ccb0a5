import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from '@jest/globals';
import { openMirror } from '../../src/git/mirror.ts';
import { openRepository, type Repository } from '../../src/git/repository.ts';
import type { AddedHistory } from '../../src/model/history.ts';
import { createFolder, createRepository, runGit, type TestRepository } from '../helpers/repository.ts';

const closing: Repository[] = [];
afterAll(() => Promise.all(closing.map((each) => each.close())));

async function open(dir: string): Promise<Repository> {
  const repository = await openRepository(dir);
  closing.push(repository);
  return repository;
}

/** What each commit adds, by short names of the commits. */
function shown({ files }: AddedHistory, names: Readonly<Record<string, string>>): string[] {
  const nameOf = (id: string) => Object.keys(names).find((name) => names[name] === id) ?? id;
  return files.map(({ commit, path: file }) => `${nameOf(commit)} ${file}`);
}

/** A pull request that merges the base branch and a side branch, and removes what it added. */
async function branches(made: TestRepository) {
  await made.commit({ 'a.yaml': 'a: 1\n', 'b.yaml': 'b: 1\n' });
  const one = await made.commit({ 'c d.yaml': 'c: 1\n', 'a.yaml': 'a: 2\n' }, { branch: 'pr' });
  const base = await made.commit({ 'main.yaml': 'm: 1\n' });
  const merge = await made.commit({ 'merged.yaml': 'x: 1\n' }, { branch: 'pr', parent: [one, base] });
  const side = await made.commit({ 'side.yaml': 's: 1\n' }, { branch: 'side', parent: one });
  const head = await made.commit({ 'c d.yaml': null }, { branch: 'pr', parent: [merge, side] });
  return { base, head, one, merge, side };
}

const EXPECTED = ['merge merged.yaml', 'one a.yaml', 'one c d.yaml', 'side side.yaml'];

describe('what commits bring into history', () => {
  test('is told for each of them, and not for those of the base', async () => {
    const made = await createRepository();
    const names = await branches(made);
    const history = await (await open(made.dir)).addedHistory(names.base, names.head);
    expect(shown(history, names).toSorted()).toEqual(EXPECTED);
    expect(history.gap).toBeNull();
    const { commit = '' } = history.files.find((file) => file.path === 'c d.yaml') ?? {};
    const bytes = await (await history.snapshot(commit)).read('c d.yaml');
    expect(Buffer.from(bytes).toString()).toBe('c: 1\n');
  });

  test('has parents before children', async () => {
    const made = await createRepository();
    const base = await made.commit({ 'a.yaml': '1\n' });
    const second = await made.commit({ 'a.yaml': '2\n' });
    const third = await made.commit({ 'a.yaml': '3\n' });
    const history = await (await open(made.dir)).addedHistory(base, third);
    expect(history.files.map(({ commit }) => commit)).toEqual([second, third]);
  });

  test('leaves out symlinks and submodules', async () => {
    const made = await createRepository();
    const base = await made.commit({ 'a.yaml': '1\n' });
    const head = await made.commit({
      l: { symlink: 'a.yaml' },
      m: { submodule: base },
      x: { executable: '1' },
    });
    const history = await (await open(made.dir)).addedHistory(base, head);
    expect(history.files.map((file) => file.path)).toEqual(['x']);
  });

  test('is there in a mirror, which fetches it without the history below', async () => {
    const made = await createRepository();
    const names = await branches(made);
    await made.git(['config', 'uploadpack.allowAnySHA1InWant', 'true']);
    await made.git(['config', 'uploadpack.allowFilter', 'true']);
    const url = pathToFileURL(made.gitDir).href;
    const mirror = await openMirror({ dataDir: await createFolder(), owner: 'a', name: 'b', url });
    closing.push(mirror);
    const { base, head } = names;
    await mirror.fetch({ commits: [base, head], token: null });
    expect((await mirror.addedHistory(base, head)).gap).not.toBeNull();
    await mirror.fetchHistory({ base, head, token: null });
    const history = await mirror.addedHistory(base, head);
    expect(shown(history, names).toSorted()).toEqual(EXPECTED);
    expect(history.gap).toBeNull();
  });
});

describe('what is not there is said', () => {
  test('of a shallow clone', async () => {
    const made = await createRepository();
    const base = await made.commit({ 'a.yaml': '1\n' });
    const side = await made.commit({ 'b.yaml': '2\n' }, { branch: 'side' });
    const head = await made.commit({}, { parent: [base, side] });
    const dir = path.join(await createFolder(), 'clone');
    await runGit(made.dir, ['clone', '--quiet', '--depth=2', pathToFileURL(made.gitDir).href, dir]);
    const history = await (await open(dir)).addedHistory(base, head);
    expect(history.gap).toMatch(/shallow.*fetch-depth: 0/);
    expect(history.files).toEqual([]);
  });

  test('of more commits than are read', async () => {
    const made = await createRepository();
    const base = await made.commit({ 'a.yaml': '1\n' });
    const commits = Array.from({ length: 251 }, (_, index) => {
      const content = `${index}\n`;
      return `commit refs/heads/main\ncommitter A <a@b> ${1_700_000_100 + index} +0000\ndata 0\n${index === 0 ? `from ${base}\n` : ''}M 100644 inline a.yaml\ndata ${content.length}\n${content}\n`;
    });
    await made.git(['fast-import', '--quiet', '--force'], commits.join(''));
    const head = await made.git(['rev-parse', 'main']);
    const history = await (await open(made.dir)).addedHistory(base, head);
    expect(history.gap).toMatch(/newest 250 commits/);
    expect(history.files).toHaveLength(250);
  });
});
