import type { Review } from '../../model/review.ts';
import { COMMENT_MARKER, isWorthTelling } from '../../report/comment.ts';
import { type GitHubApp, inRepository, type Octokit } from '../github.ts';
import type { PullJob } from '../job.ts';
import { firstTaken } from './firstTaken.ts';

/** What is to be written, and for whom. */
interface Wanted {
  readonly review: Review;
  /** Bodies from the whole one to the shortest, made with the text of the comment that is there. */
  readonly triesAfter: (earlier: string | undefined) => readonly (() => string)[];
  readonly app: Pick<GitHubApp, 'slug'>;
}

/**
 * Writes the review's comment on a pull request, as the settings want it: edits Hydrant's own, found by marker
 * and author, or puts a new one in its place, or writes none. Where there is nothing to tell, only a comment that is
 * there already is made to say so. Someone else's comment that quotes the marker is left alone. GitHub gets the first
 * body that it does not refuse.
 */
export async function publishComment(
  octokit: Octokit,
  job: PullJob,
  { review, triesAfter, app }: Wanted,
): Promise<void> {
  if (review.commentMode === 'off') return;
  const issue = { ...inRepository(job), issue_number: job.number };
  const comments = await octokit.paginate(octokit.rest.issues.listComments, { ...issue, per_page: 100 });
  const own = comments.find(
    ({ user, body: text }) => user?.login === `${app.slug}[bot]` && text?.startsWith(COMMENT_MARKER) === true,
  );
  if (own === undefined && !isWorthTelling(review)) return;
  const anew = own === undefined || review.commentMode === 'recreate';
  let isWritten = false;
  await firstTaken(triesAfter(own?.body), async (body) => {
    if (own?.body === body) return;
    if (anew) await octokit.rest.issues.createComment({ ...issue, body });
    else await octokit.rest.issues.updateComment({ ...inRepository(job), comment_id: own.id, body });
    isWritten = true;
  });
  // The new one first: whatever fails, one of them is there.
  if (own !== undefined && anew && isWritten)
    await octokit.rest.issues.deleteComment({ ...inRepository(job), comment_id: own.id });
}
