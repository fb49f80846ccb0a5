import type { Engine } from '../engine/engine.ts';
import type { Repository } from '../git/repository.ts';
import { watchedSnapshot } from '../git/watchedSnapshot.ts';
import { type Facts, memoryFacts } from '../model/facts.ts';
import { HeldFacts } from '../model/heldFacts.ts';
import { noRemotes, type OpenRemotes } from '../model/remoteInputs.ts';
import type { Review } from '../model/review.ts';
import type { OnStep } from '../model/step.ts';
import type { RepositoryIdentity } from '../targets/followContext.ts';
import { review } from './review.ts';

export type { RepositoryIdentity } from '../targets/followContext.ts';

/**
 * Reviews two commits of a repository.
 * @param options.base the merge base, or a merge queue's base: a full commit id.
 * @param options.settingsCommit the base branch's commit: settings and policies are read there; the base by default.
 * @param options.identity by what operators' objects name the repository; what Git knows by default.
 * @throws as {@link review} does.
 */
export async function reviewRepository(options: {
  readonly repository: Repository;
  readonly base: string;
  readonly head: string;
  readonly engine: Engine;
  readonly settingsCommit?: string | undefined;
  readonly identity?: RepositoryIdentity | undefined;
  /** Nothing is fetched by default. */
  readonly openRemotes?: OpenRemotes | undefined;
  /** What earlier reviews found; nothing by default. */
  readonly kept?: Facts | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Hears what the review has come to. */
  readonly onStep?: OnStep | undefined;
}): Promise<Review> {
  const { repository, engine, openRemotes = noRemotes, kept, signal, onStep } = options;
  const facts = new HeldFacts(kept ?? memoryFacts());
  onStep?.({ stage: 'reading the commits' });
  const snapshotOf = async (commit: string) =>
    watchedSnapshot({ ...(await repository.snapshot(commit)), facts }, onStep);
  const ofBase = snapshotOf(options.base);
  const { settingsCommit: named = options.base } = options;
  const [base, head, settingsCommit, changedPaths, history, identity] = await Promise.all([
    ofBase,
    snapshotOf(options.head),
    // One commit is read once.
    named === options.base ? ofBase : snapshotOf(named),
    repository.changedPaths(options.base, options.head),
    repository.addedHistory(options.base, options.head),
    options.identity ?? identityOf(repository),
  ]);
  return review({
    base,
    head,
    settingsCommit,
    changedPaths,
    history,
    engine,
    repository: identity,
    openRemotes,
    kept: kept && facts,
    signal,
    onStep,
  });
}

/** What Git knows of the repository's names. */
export async function identityOf(
  repository: Pick<Repository, 'remoteUrls' | 'defaultBranch'>,
): Promise<RepositoryIdentity> {
  const urls = await repository.remoteUrls();
  // A copy without remotes says nothing of how the branch is called where operators read it.
  if (urls.length === 0) return { urls, branch: null };
  // A repository without a default branch is still one.
  const branch = await repository.defaultBranch().catch(() => null);
  return { urls, branch: branch?.replace(/^refs\/(?:heads|remotes\/[^/]+)\//, '') ?? null };
}
