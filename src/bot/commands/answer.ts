import { code } from '../../report/markdown/escape.ts';
import { type GitHubApp, inRepository, type Octokit } from '../github.ts';
import { keyOf, type PullJob, type RepositoryRef } from '../job.ts';
import type { ReviewQueue } from '../queue.ts';
import { parseCommands, type SlashCommand } from './parse.ts';

/** A comment on a pull request that was just made or edited. */
export interface WrittenComment extends RepositoryRef {
  readonly number: number;
  readonly id: number;
  readonly body: string;
  /** What it was before it was edited; left out of a new one. */
  readonly before?: string | undefined;
  readonly author: string;
  readonly authorIsBot: boolean;
  readonly isClosed: boolean;
}

const HELP = [
  'Hydrant understands, in a comment by someone with write permission, one a line:',
  '',
  '| comment | effect |',
  '|---|---|',
  '| `/hydrant validate` or `/validate` | reviews the newest head again |',
  '| `/hydrant help` or `/hydrant` | this table |',
].join('\n');

interface Tools {
  readonly app: GitHubApp;
  readonly queue: ReviewQueue;
}

/**
 * Answers the slash-commands of a comment: with eyes when they are read and a rocket when they are done,
 * or with a confused face and a line that says why not. Only people with write permission, by GitHub's
 * word, may give commands; others get the face alone, so that nobody is called by a stranger's comment.
 */
export async function answerComment(comment: WrittenComment, { app, queue }: Tools): Promise<void> {
  const commands = comment.authorIsBot ? [] : parseCommands(comment.body, comment.before);
  if (commands.length === 0) return;
  const octokit = await app.of(comment.installationId);
  if (!(await mayWrite(octokit, comment))) return react(octokit, comment, 'confused');
  const unknown = commands.filter((command) => command.name === 'unknown');
  if (unknown.length > 0) return refuse(octokit, comment, unknown.map(notUnderstood).join('\n'));
  if (comment.isClosed) return refuse(octokit, comment, CLOSED);
  await react(octokit, comment, 'eyes');
  for (const { name } of commands) {
    if (name === 'help') await reply(octokit, comment, HELP);
    else if (!(await validate(await jobOf(octokit, comment), queue))) return refuse(octokit, comment, CLOSED);
  }
  await react(octokit, comment, 'rocket');
}

const CLOSED = 'This pull request is closed.';

async function refuse(octokit: Octokit, comment: WrittenComment, why: string): Promise<void> {
  await react(octokit, comment, 'confused');
  await reply(octokit, comment, why);
}

/** @returns false where the pull request was closed in the meantime. */
async function validate(job: PullJob | null, queue: ReviewQueue): Promise<boolean> {
  if (job === null) return false;
  queue.add({ ...job, again: true });
  await queue.ended(keyOf(job));
  return true;
}

function notUnderstood({ text, meant }: Extract<SlashCommand, { name: 'unknown' }>): string {
  const instead = meant === undefined ? '' : ` Did you mean \`/hydrant ${meant}\`?`;
  return `I do not know ${code(text)}.${instead} \`/hydrant help\` lists what I understand.`;
}

async function mayWrite(octokit: Octokit, comment: WrittenComment): Promise<boolean> {
  const { data } = await octokit.rest.repos.getCollaboratorPermissionLevel({
    ...inRepository(comment),
    username: comment.author,
  });
  // GitHub gives `maintain` as `write` here.
  return data.permission === 'admin' || data.permission === 'write';
}

/** Null where the pull request is closed. */
async function jobOf(octokit: Octokit, comment: WrittenComment): Promise<PullJob | null> {
  const { installationId, owner, repo, number } = comment;
  const { data } = await octokit.rest.pulls.get({ owner, repo, pull_number: number });
  if (data.state !== 'open') return null;
  return { kind: 'pull', installationId, owner, repo, number, head: data.head.sha };
}

async function react(
  octokit: Octokit,
  comment: WrittenComment,
  content: 'eyes' | 'rocket' | 'confused',
): Promise<void> {
  await octokit.rest.reactions.createForIssueComment({
    ...inRepository(comment),
    comment_id: comment.id,
    content,
  });
}

async function reply(octokit: Octokit, comment: WrittenComment, body: string): Promise<void> {
  await octokit.rest.issues.createComment({
    ...inRepository(comment),
    issue_number: comment.number,
    body: `@${comment.author} ${body}`,
  });
}
