import { COMMENT_MARKER } from '../../report/comment.ts';
import { type GitHubApp, inRepository, type Octokit } from '../github.ts';
import type { PullJob } from '../job.ts';
import { firstTaken } from './firstTaken.ts';

/**
 * Writes the review's comment on a pull request: edits Hydrant's own, found by marker and
 * author, or makes it. Someone else's comment that quotes the marker is left alone.
 * @param options.tries bodies from the whole one to the shortest: GitHub gets the first that it does not refuse.
 */
export async function publishComment(
  octokit: Octokit,
  job: PullJob,
  { tries, app }: { readonly tries: readonly (() => string)[]; readonly app: Pick<GitHubApp, 'slug'> },
): Promise<void> {
  const comments = await octokit.paginate(octokit.rest.issues.listComments, {
    ...inRepository(job),
    issue_number: job.number,
    per_page: 100,
  });
  const own = comments.find(
    ({ user, body: text }) => user?.login === `${app.slug}[bot]` && text?.startsWith(COMMENT_MARKER) === true,
  );
  await firstTaken(tries, async (body) => {
    if (own === undefined)
      await octokit.rest.issues.createComment({ ...inRepository(job), issue_number: job.number, body });
    else if (own.body !== body)
      await octokit.rest.issues.updateComment({ ...inRepository(job), comment_id: own.id, body });
  });
}
