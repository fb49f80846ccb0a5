import { resolveCommit } from '../git/readCommit.ts';
import type { Json } from '../objects/json.ts';
import { pullObject } from '../objects/pull.ts';
import type { Delivery } from '../webhooks.ts';
import { now, type Pull, type Repository } from '../world.ts';
import { measureChange, moveBranch, type Push, requestChecks, setHead } from './branches.ts';
import { fork } from './repositories.ts';
import type { Stage } from './stage.ts';

export interface NewPull {
  readonly repo: Repository;
  /** A branch or commit of the repository's source. */
  readonly head: string;
  /** The default branch when not said. */
  readonly base?: string;
  readonly title?: string;
  readonly body?: string;
  /** A login; `octocat` when not said. */
  readonly author?: string;
  /** From a fork that belongs to the author. */
  readonly fork?: boolean;
  readonly draft?: boolean;
}

/** Pushes the head's branch (when it is no branch of the source: `change-<number>`) and opens it. */
export async function openPull(stage: Stage, wanted: NewPull): Promise<Pull> {
  const { world } = stage;
  const { repo: repository, head, base = repository.defaultBranch, author: login = 'octocat' } = wanted;
  const author = world.account(login);
  const number = 1 + world.pulls.filter((pull) => pull.repository === repository).length;
  const headRepository = wanted.fork === true ? await fork(stage, repository, login) : repository;
  const isBranch = (await resolveCommit(repository.source, `refs/heads/${head}`)) !== null;
  const headBranch = isBranch ? head : `change-${number}`;
  const push = await moveBranch(stage, headRepository, { branch: headBranch, revision: head });
  const at = now();
  const pull: Pull = {
    id: world.nextId(),
    number,
    repository,
    author,
    title: wanted.title ?? `Change ${number}`,
    body: wanted.body ?? null,
    headRepository,
    headBranch,
    headSha: push.sha,
    baseBranch: base,
    baseSha: '',
    state: 'open',
    draft: wanted.draft ?? false,
    createdAt: at,
    updatedAt: at,
    closedAt: null,
    size: { commits: 0, changedFiles: 0, additions: 0, deletions: 0 },
  };
  await setHead(pull, push.sha);
  world.pulls.push(pull);
  await sendPull(stage, pull, { action: 'opened' });
  await requestChecks(stage, push, author);
  return pull;
}

/** Moves a pull request's head to a commit of the source, as a (forced) push does. */
export async function push(stage: Stage, pull: Pull, revision: string): Promise<Delivery> {
  if (pull.state === 'closed') throw new Error(`Pull request ${pull.number} is closed and follows no push`);
  const moved = await moveBranch(stage, pull.headRepository, { branch: pull.headBranch, revision });
  const deliveries = await tellPush(stage, moved);
  const delivery = deliveries.get(pull);
  if (delivery === undefined) throw new Error(`Pull request ${pull.number} did not follow its branch`);
  return delivery;
}

/** Moves a branch to a commit of the source; open pull requests that have it as their head follow. */
export async function pushBranch(
  stage: Stage,
  repository: Repository,
  moving: { readonly branch: string; readonly revision: string },
): Promise<string> {
  const moved = await moveBranch(stage, repository, moving);
  if (moved.sha !== moved.before) await tellPush(stage, moved);
  return moved.sha;
}

export async function closePull(stage: Stage, pull: Pull): Promise<Delivery> {
  pull.state = 'closed';
  pull.closedAt = now();
  return sendPull(stage, pull, { action: 'closed' });
}

export async function reopenPull(stage: Stage, pull: Pull): Promise<Delivery> {
  pull.state = 'open';
  pull.closedAt = null;
  return sendPull(stage, pull, { action: 'reopened' });
}

export async function readyForReview(stage: Stage, pull: Pull): Promise<Delivery> {
  pull.draft = false;
  return sendPull(stage, pull, { action: 'ready_for_review' });
}

export async function changeBase(stage: Stage, pull: Pull, branch: string): Promise<Delivery> {
  const changes = { base: { ref: { from: pull.baseBranch }, sha: { from: pull.baseSha } } };
  pull.baseBranch = branch;
  await measureChange(pull);
  return sendPull(stage, pull, { action: 'edited', fields: { changes } });
}

async function tellPush(stage: Stage, push: Push): Promise<Map<Pull, Delivery>> {
  const deliveries = new Map<Pull, Delivery>();
  for (const pull of push.pulls) {
    const fields = { before: push.before, after: push.sha };
    deliveries.set(pull, await sendPull(stage, pull, { action: 'synchronize', fields }));
  }
  const [author = stage.world.account('octocat')] = push.pulls.map((pull) => pull.author);
  await requestChecks(stage, push, author);
  return deliveries;
}

async function sendPull(
  { world, webhooks }: Stage,
  pull: Pull,
  { action, fields = {} }: { readonly action: string; readonly fields?: Json },
): Promise<Delivery> {
  pull.updatedAt = now();
  return webhooks.send({
    event: 'pull_request',
    action,
    repository: pull.repository,
    sender: pull.author,
    fields: { number: pull.number, ...fields, pull_request: pullObject(world, pull) },
  });
}
