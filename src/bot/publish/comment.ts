import { COMMENT_MARKER } from '../../report/comment.ts';
import { type GitHubApp, inRepository, type Octokit } from '../github.ts';
import type { PullJob } from '../job.ts';

/**
 * Writes the review's comment on a pull request: edits Hydrant's own, found by marker and
 * author, or makes it. Someone else's comment that quotes the marker is left alone.
 */
export async function publishComment(
  octokit: Octokit,
  job: PullJob,
  { body, app }: { body: string; app: Pick<GitHubApp, 'slug'> },
): Promise<void> {
  const comments = await octokit.paginate(octokit.rest.issues.listComments, {
    ...inRepository(job),
    issue_number: job.number,
    per_page: 100,
  });
  const own = comments.find(
    ({ user, body: text }) => user?.login === `${app.slug}[bot]` && text?.startsWith(COMMENT_MARKER) === true,
  );
  if (own === undefined) {
    await octokit.rest.issues.createComment({ ...inRepository(job), issue_number: job.number, body });
  } else if (own.body !== body) {
    await octokit.rest.issues.updateComment({ ...inRepository(job), comment_id: own.id, body });
  }
}
