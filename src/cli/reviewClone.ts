import { enginePath } from '../engine/process.ts';
import type { Repository } from '../git/repository.ts';
import { openUncommitted, UNCOMMITTED } from '../git/uncommitted.ts';
import type { Review } from '../model/review.ts';
import type { OnStep } from '../model/step.ts';
import { reviewRepository } from '../review/reviewRepository.ts';
import { cacheFolder } from '../store/cacheFolder.ts';
import { openFactStore } from '../store/factStore.ts';
import { withWorkplace } from './open.ts';
import type { FetchOptions } from './remotes.ts';
import { tellUncommitted } from './tellUncommitted.ts';

/** Which commits of a clone are compared, and with what. */
export interface CompareOptions extends FetchOptions {
  readonly repo: string;
  readonly base?: string;
  /** `HEAD` by default. */
  readonly head?: string;
  /** True: the head is the files as they are on the disk. */
  readonly worktree?: boolean;
  /** False: what earlier reviews kept is not looked at, and nothing is kept. */
  readonly cache?: boolean;
}

/**
 * Reviews two commits of a local clone. Where the head is what is checked out, what is not committed is told on stderr.
 * @throws {GitError} where there is no repository or no such revision.
 */
export async function reviewClone(options: CompareOptions, onStep: OnStep): Promise<Review> {
  const { repo, worktree = false } = options;
  if (worktree && options.head !== undefined)
    throw new Error('--worktree reviews the files on the disk, and --head a commit: name one of them');
  if (!worktree && options.head === undefined) await tellUncommitted(repo);
  const kept = options.cache === false ? undefined : await openFactStore(cacheFolder('facts'), enginePath());
  const open = worktree ? openUncommitted : undefined;
  try {
    return await withWorkplace({ ...options, onStep, open }, async ({ repository, engine, openRemotes }) => {
      const head = await repository.resolve(worktree ? UNCOMMITTED : (options.head ?? 'HEAD'));
      const base = await baseOf(repository, options.base, head);
      return reviewRepository({ repository, base, head, engine, openRemotes, kept, onStep });
    });
  } finally {
    await kept?.close();
  }
}

async function baseOf(repository: Repository, base: string | undefined, head: string): Promise<string> {
  if (base !== undefined) return repository.resolve(base);
  const branch = await repository.defaultBranch();
  const found = await repository.mergeBase(branch, head);
  if (found === null) {
    throw new Error(
      `${head} has no commit in common with ${branch}; name the commit to compare with: --base REV`,
    );
  }
  return found;
}
