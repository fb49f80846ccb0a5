import { type GitHubApp, inRepository, type Octokit } from '../github.ts';
import type { PullJob, RepositoryRef } from '../job.ts';
import type { ReviewQueue } from '../queue.ts';
import { parseCommand } from './parse.ts';

/** A comment that was just made on a pull request. */
export interface NewComment extends RepositoryRef {
  readonly number: number;
  readonly id: number;
  readonly body: string;
  readonly author: string;
  readonly authorIsBot: boolean;
}

const HELP = [
  'Hydrant understands, as the first line that is not empty of a comment by someone with write permission:',
  '',
  '| comment | effect |',
  '|---|---|',
  '| `/hydrant validate` or `/validate` | reviews the newest head again |',
  '| `/hydrant help` or `/hydrant` | this table |',
].join('\n');

/**
 * Answers a slash-command: by a reaction where it is done, and by a reply where there is
 * something to say. Only people with write permission, by GitHub's word, may give commands.
 */
export async function answerComment(
  comment: NewComment,
  { app, queue }: { readonly app: GitHubApp; readonly queue: ReviewQueue },
): Promise<void> {
  const command = comment.authorIsBot ? null : parseCommand(comment.body);
  if (command === null) return;
  const octokit = await app.of(comment.installationId);
  if (!(await mayWrite(octokit, comment))) {
    await react(octokit, comment, 'confused');
    await reply(
      octokit,
      comment,
      'Only people with write permission to this repository can give me commands.',
    );
    return;
  }
  if (command.name === 'validate') {
    const job = await jobOf(octokit, comment);
    if (job !== null) queue.add(job);
    await react(octokit, comment, 'eyes');
    return;
  }
  await react(octokit, comment, command.name === 'help' ? '+1' : 'confused');
  const lead = command.name === 'help' ? '' : 'I do not know that command.\n\n';
  await reply(octokit, comment, `${lead}${HELP}`);
}

async function mayWrite(octokit: Octokit, comment: NewComment): Promise<boolean> {
  const { data } = await octokit.rest.repos.getCollaboratorPermissionLevel({
    ...inRepository(comment),
    username: comment.author,
  });
  // GitHub gives `maintain` as `write` here.
  return data.permission === 'admin' || data.permission === 'write';
}

/** Null where the pull request is closed. */
async function jobOf(octokit: Octokit, comment: NewComment): Promise<PullJob | null> {
  const { installationId, owner, repo, number } = comment;
  const { data } = await octokit.rest.pulls.get({ owner, repo, pull_number: number });
  if (data.state !== 'open') return null;
  return { kind: 'pull', installationId, owner, repo, number, head: data.head.sha };
}

async function react(
  octokit: Octokit,
  comment: NewComment,
  content: '+1' | 'eyes' | 'confused',
): Promise<void> {
  await octokit.rest.reactions.createForIssueComment({
    ...inRepository(comment),
    comment_id: comment.id,
    content,
  });
}

async function reply(octokit: Octokit, comment: NewComment, body: string): Promise<void> {
  await octokit.rest.issues.createComment({
    ...inRepository(comment),
    issue_number: comment.number,
    body: `@${comment.author} ${body}`,
  });
}
