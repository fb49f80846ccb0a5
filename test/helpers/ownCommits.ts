import { afterAll } from '@jest/globals';
import { openRepository, type Repository } from '../../src/git/repository.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { createRepository, type TestFiles, type TestRepository } from './repository.ts';

/** All that a test file asks for stands in one repository. */
let made: Promise<{ readonly files: TestRepository; readonly repository: Repository }> | undefined;
let histories = 0;

afterAll(async () => {
  await (await made)?.repository.close();
});

/**
 * Commits, each on the one before it, that stand on none of any other call; the same files make the same commits.
 * They share a repository, because a process that reads one is started once then: git's, and the engine's, which
 * the kernel lets read no other.
 */
export async function ownCommits(
  ...changes: readonly TestFiles[]
): Promise<{ readonly repository: Repository; readonly commits: readonly string[] }> {
  made ??= make();
  const { files, repository } = await made;
  histories += 1;
  const commits = await files.commitEach(changes, { branch: `history-${histories}`, parent: null });
  return { repository, commits };
}

/** A base and a head on it. */
export async function ownPair(
  base: TestFiles,
  change: TestFiles,
): Promise<{ readonly repository: Repository; readonly base: string; readonly head: string }> {
  const { repository, commits } = await ownCommits(base, change);
  const [from, to] = commits;
  if (from === undefined || to === undefined) throw new Error('git made fewer commits than it was told to');
  return { repository, base: from, head: to };
}

/** A commit with these files alone. */
export async function ownSnapshot(files: TestFiles): Promise<Snapshot> {
  const { repository, commits } = await ownCommits(files);
  return repository.snapshot(commits[0] ?? '');
}

async function make(): Promise<{ readonly files: TestRepository; readonly repository: Repository }> {
  const files = await createRepository();
  return { files, repository: await openRepository(files.dir) };
}
