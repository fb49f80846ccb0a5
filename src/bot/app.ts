import type { Context, Probot } from 'probot';
import { answerComment, type WrittenComment } from './commands/answer.ts';
import { type GitHubApp, inRepository } from './github.ts';
import { fromExternalId, keyOf, type PullJob, type RepositoryRef } from './job.ts';
import type { ReviewQueue } from './queue.ts';

/** What the events are handled with. */
export interface AppContext {
  readonly app: GitHubApp;
  readonly queue: ReviewQueue;
}

/**
 * Maps GitHub's events to work. Handlers only hand over, so that a webhook is acknowledged
 * at once; what they start, and what fails of it, is theirs.
 */
export function registerEvents(probot: Probot, { app, queue }: AppContext): void {
  const later = (work: Promise<unknown>) => {
    work.catch((error: unknown) => probot.log.error({ err: error }, 'an event could not be handled'));
  };

  probot.on(['pull_request.opened', 'pull_request.synchronize'], ({ payload }) =>
    queue.add({ ...pullJob(payload), since: timeOf(payload) }),
  );
  // GitHub tells seconds: a review that began in the same one may have begun before.
  probot.on(['pull_request.reopened', 'pull_request.ready_for_review'], ({ payload }) =>
    queue.add({ ...pullJob(payload), since: timeOf(payload) + 1000 }),
  );
  probot.on('pull_request.edited', ({ payload }) => {
    // A new title changes nothing; a new base changes everything.
    if (payload.changes.base !== undefined) queue.add({ ...pullJob(payload), since: timeOf(payload) + 1000 });
  });
  probot.on('pull_request.closed', ({ payload }) => queue.stop(keyOf(pullJob(payload))));
  probot.on('merge_group.checks_requested', ({ payload }) => {
    const { head_sha: head, base_sha: base } = payload.merge_group;
    queue.add({ ...repositoryOf(payload), kind: 'mergeGroup', head, base });
  });
  probot.on('check_run.rerequested', ({ payload }) => {
    const { head_sha: head, external_id: externalId } = payload.check_run;
    const job = fromExternalId(repositoryOf(payload), head, externalId);
    if (job !== null) queue.add({ ...job, again: true });
  });
  probot.on('check_suite.rerequested', ({ payload }) => {
    later(rerunSuite({ app, queue }, repositoryOf(payload), payload.check_suite.head_sha));
  });
  probot.on(['issue_comment.created', 'issue_comment.edited'], ({ payload }) => {
    const comment = writtenComment(payload);
    if (comment !== null) later(answerComment(comment, { app, queue }));
  });
}

/** Null for a comment on an issue, and for one that somebody else edits: that person gives no command. */
function writtenComment(
  payload: Context<'issue_comment.created' | 'issue_comment.edited'>['payload'],
): WrittenComment | null {
  const { issue, comment, sender } = payload;
  const { user } = comment;
  if (issue.pull_request === undefined || user === null || sender.login !== user.login) return null;
  return {
    ...repositoryOf(payload),
    number: issue.number,
    id: comment.id,
    body: comment.body,
    before: payload.action === 'edited' ? (payload.changes.body?.from ?? comment.body) : undefined,
    author: user.login,
    authorIsBot: user.type === 'Bot',
    isClosed: issue.state === 'closed',
  };
}

/** A suite names no check run: the head's own tell what they were for. */
async function rerunSuite(
  { app, queue }: AppContext,
  repository: RepositoryRef,
  head: string,
): Promise<void> {
  const octokit = await app.of(repository.installationId);
  const { data } = await octokit.rest.checks.listForRef({
    ...inRepository(repository),
    ref: head,
    app_id: app.id,
  });
  const jobs = data.check_runs
    .map(({ external_id: id }) => fromExternalId(repository, head, id))
    .filter((job) => job !== null);
  for (const job of new Map(jobs.map((one) => [keyOf(one), one])).values())
    queue.add({ ...job, again: true });
}

interface FromRepository {
  readonly installation?: { readonly id: number } | undefined;
  readonly repository?: { readonly name: string; readonly owner: { readonly login: string } } | undefined;
}

function repositoryOf({ installation, repository }: FromRepository): RepositoryRef {
  // GitHub sends an App's events with its installation; without one there are no rights to answer with.
  if (installation === undefined || repository === undefined)
    throw new Error('an event names no installation or repository');
  return { installationId: installation.id, owner: repository.owner.login, repo: repository.name };
}

/** When the pull request was changed so as the event says, in milliseconds. */
function timeOf(payload: { readonly pull_request: { readonly updated_at: string } }): number {
  return Date.parse(payload.pull_request.updated_at);
}

function pullJob(
  payload: FromRepository & { readonly pull_request: { number: number; head: { sha: string } } },
): PullJob {
  const { number, head } = payload.pull_request;
  return { ...repositoryOf(payload), kind: 'pull', number, head: head.sha };
}
