import { inspect } from 'node:util';
import { afterAll } from '@jest/globals';
import { EnginePool } from '../../src/engine/pool.ts';
import { openRepository, type Repository } from '../../src/git/repository.ts';
import { CONCERNS } from '../../src/model/finding.ts';
import type { Review } from '../../src/model/review.ts';
import { toCheckOutput } from '../../src/report/checkOutput.ts';
import { renderComment } from '../../src/report/comment.ts';
import { renderJson } from '../../src/report/json.ts';
import { renderText } from '../../src/report/text.ts';
import { reviewRepository } from '../../src/review/reviewRepository.ts';
import { watch } from '../canary/watch.ts';
import { ownCommits, ownPair } from '../helpers/ownCommits.ts';
import { createRepository, type TestFiles, type TestRepository } from '../helpers/repository.ts';

const engine = new EnginePool({ size: 1 });
afterAll(() => engine.close());

/** The review of a commit with a change, on one with the base's files. */
export async function reviewed(base: TestFiles, change: TestFiles): Promise<Review> {
  return watched(await ownPair(base, change));
}

/** The review of the last of commits, each on the one before it, on the first. */
export async function reviewedCommits(base: TestFiles, ...changes: readonly TestFiles[]): Promise<Review> {
  const { repository, commits } = await ownCommits(base, ...changes);
  return watched({ repository, base: commits[0] ?? '', head: commits.at(-1) ?? '' });
}

/**
 * The review of two commits of a repository.
 * @param base the files of the first commit.
 * @param make makes further ones on the first, whose full id it is given, and tells which two are compared.
 */
export async function reviewedHistory(
  base: TestFiles,
  make: (files: TestRepository, first: string) => Promise<{ readonly base: string; readonly head: string }>,
): Promise<Review> {
  const files = await createRepository();
  const compared = await make(files, await files.commit(base));
  const repository = await openRepository(files.dir);
  try {
    return await watched({ repository, ...compared });
  } finally {
    await repository.close();
    await files.remove();
  }
}

async function watched(compared: {
  readonly repository: Repository;
  readonly base: string;
  readonly head: string;
}): Promise<Review> {
  try {
    const review = await reviewRepository({ ...compared, engine });
    watchReview(review);
    return review;
  } catch (error) {
    watch('an error of a review', inspect(error));
    throw error;
  }
}

/** No value of a Secret may be in a review, nor in anything that is made of it. */
export function watchReview(review: Review): void {
  watch('a review', inspect(review, { depth: Number.POSITIVE_INFINITY, showHidden: true }));
  watch('a review as text', renderText(review, { color: false }));
  watch('a review as JSON', renderJson(review));
  watch('a comment', renderComment(review));
  for (const concern of CONCERNS) watch('a check run', JSON.stringify(toCheckOutput(review, concern)));
}
