import type { Engine } from '../engine/engine.ts';
import type { Repository } from '../git/repository.ts';
import type { Review } from '../model/review.ts';
import { review } from './review.ts';

/**
 * Reviews two commits of a repository.
 * @param options.base the merge base, or a merge queue's base: a full commit id.
 * @param options.settingsCommit the base branch's commit, where settings and policies are read; the base by default.
 * @throws as {@link review} does.
 */
export async function reviewRepository(options: {
  readonly repository: Repository;
  readonly base: string;
  readonly head: string;
  readonly engine: Engine;
  readonly settingsCommit?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}): Promise<Review> {
  const { repository, engine, signal } = options;
  const [base, head, inForce, changedPaths] = await Promise.all([
    repository.snapshot(options.base),
    repository.snapshot(options.head),
    repository.snapshot(options.settingsCommit ?? options.base),
    repository.changedPaths(options.base, options.head),
  ]);
  return review({ base, head, inForce, changedPaths, engine, signal });
}
