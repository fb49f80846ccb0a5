import { isGitError } from '../git/error.ts';
import { type Mirror, openMirror } from '../git/mirror.ts';
import type { ReviewLimits } from '../isolation/limits.ts';
import type { FetchSettings } from '../isolation/messages.ts';
import { ReviewEnded } from '../isolation/reviewEnded.ts';
import type { ReviewPool } from '../isolation/reviewPool.ts';
import type { Review } from '../model/review.ts';
import type { OnStep } from '../model/step.ts';
import { limited, TimedOut } from '../processes/limited.ts';
import type { FetchingReview } from '../remote/remotesOfReview.ts';
import type { RepositoryIdentity } from '../review/reviewRepository.ts';

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
  /** Hears what the review has come to. */
  readonly onStep?: OnStep | undefined;
}

/**
 * Fetches what is needed and reviews it.
 * @throws {GitError} where a commit cannot be had; {ReviewEnded} where it needs more than its limits.
 */
export type Reviewer = (request: ReviewRequest) => Promise<Review>;

/** Branches without a commit in common cannot be compared. */
export class NoMergeBase extends Error {}

/**
 * The reviewer that works on bare mirrors below a data folder. They are changed here alone; the
 * processes of the reviews read them.
 */
export function createReviewer({
  reviews,
  limits,
  ...fetch
}: FetchSettings & {
  readonly reviews: Pick<ReviewPool, 'review'>;
  readonly limits: ReviewLimits;
}): Reviewer {
  return async (request) => {
    const { owner, repo, cloneUrl, head, settingsCommit, identity, signal } = request;
    const mirror = await openMirror({ dataDir: fetch.dataDir, owner, name: repo, url: cloneUrl });
    try {
      const base = await fetchInTime(mirror, request, limits);
      const { gitDir, historyDir } = mirror;
      const commits = { base, head, settingsCommit };
      const asked = { ...fetch, gitDir, historyDir, owner, cloneUrl, identity, ...commits };
      const { token, onPassingFailure, onStep } = request;
      const review = reviews.review(asked, { token, onPassingFailure, onStep, signal });
      return await review.catch((error: unknown) => mirror.renew(error));
    } finally {
      await mirror.close();
    }
  };
}

/** Fetches head and base, within the time that a review has. @returns the base to compare with. */
async function fetchInTime(mirror: Mirror, request: ReviewRequest, limits: ReviewLimits): Promise<string> {
  const tooLong = new AbortController();
  const signal = AbortSignal.any([request.signal, tooLong.signal]);
  const fetching = withToken(request, (token) => fetchCommits(mirror, { ...request, signal }, token));
  try {
    return await limited(fetching, limits.timeoutMs, request.signal);
  } catch (error) {
    if (!(error instanceof TimedOut)) throw error;
    // git is ended, and the next one has its turn.
    tooLong.abort(error);
    await fetching.catch(() => undefined);
    throw new ReviewEnded('time', { limits, step: { stage: 'fetching the commits' }, cause: error });
  }
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
