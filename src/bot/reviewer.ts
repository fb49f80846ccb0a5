import type { Engine } from '../engine/engine.ts';
import { isGitError } from '../git/error.ts';
import { type Mirror, openMirror } from '../git/mirror.ts';
import type { Review } from '../model/review.ts';
import { type RepositoryIdentity, reviewRepository } from '../review/reviewRepository.ts';
import { type FetchingReview, type FetchOptions, remotesOfReview } from './remotes.ts';

/** What is to be reviewed, as GitHub names it. */
export interface ReviewRequest extends FetchingReview {
  readonly repo: string;
  readonly head: string;
  /** The base branch's commit, where settings and policies are read. */
  readonly settingsCommit: string;
  /** By what operators' objects name the repository. */
  readonly identity: RepositoryIdentity;
  /** True for a pull request: the base is the merge base. A merge queue's base is the base. */
  readonly mergeBase: boolean;
}

/** Fetches what is needed and reviews it. @throws {GitError} where a commit cannot be had. */
export type Reviewer = (request: ReviewRequest) => Promise<Review>;

/** Branches without a commit in common cannot be compared. */
export class NoMergeBase extends Error {}

/** The reviewer that works on bare mirrors below a data folder. */
export function createReviewer({
  dataDir,
  engine,
  ...fetch
}: FetchOptions & {
  readonly dataDir: string;
  readonly engine: Engine;
}): Reviewer {
  return async (request) => {
    const { owner, repo, cloneUrl, head, settingsCommit, identity, signal } = request;
    const mirror = await openMirror({ dataDir, owner, name: repo, url: cloneUrl });
    try {
      const base = await withToken(request, (token) => fetchCommits(mirror, request, token));
      return await reviewRepository({
        repository: mirror,
        base,
        head,
        settingsCommit,
        identity,
        openRemotes: remotesOfReview(request, { dataDir, ...fetch }),
        engine,
        signal,
      });
    } finally {
      await mirror.close();
    }
  };
}

/** Fetches head and base. @returns the base to compare with. */
async function fetchCommits(mirror: Mirror, request: ReviewRequest, token: string): Promise<string> {
  const { head, settingsCommit, mergeBase, signal } = request;
  await mirror.fetch({ commits: [head, settingsCommit], token, signal });
  const base = mergeBase
    ? await mirror.fetchMergeBase({ base: settingsCommit, head, token, signal })
    : settingsCommit;
  if (base === null) throw new NoMergeBase('the head and its base branch have no commit in common');
  await mirror.fetchHistory({ base, head, token, signal });
  return base;
}

/** A token may expire between its making and its use; a refused one is replaced once. */
async function withToken<T>({ token }: ReviewRequest, work: (token: string) => Promise<T>): Promise<T> {
  try {
    return await work(await token());
  } catch (error) {
    if (!isGitError(error, 'unauthorized')) throw error;
    return work(await token());
  }
}
