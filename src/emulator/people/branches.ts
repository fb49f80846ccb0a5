import { resolveCommit } from '../git/readCommit.ts';
import { measure, takeCommit } from '../git/transfer.ts';
import { checkSuitePayload } from '../objects/checkSuite.ts';
import { suiteOf } from '../rest/checkRunChange.ts';
import { type Account, now, type Pull, type Repository } from '../world.ts';
import type { Stage } from './stage.ts';

/** A branch that was pushed to. */
export interface Push {
  readonly repository: Repository;
  readonly branch: string;
  readonly sha: string;
  /** Where the branch was; null for a new one. */
  readonly before: string | null;
  /** The open pull requests that have the branch as their head; it is moved already. */
  readonly pulls: readonly Pull[];
}

/** Sets a branch to a commit of the source, whatever it was; the App is not told yet. */
export async function moveBranch(
  { world }: Stage,
  repository: Repository,
  { branch, revision }: { readonly branch: string; readonly revision: string },
): Promise<Push> {
  const { gitDir, source } = repository;
  const ref = `refs/heads/${branch}`;
  const before = await resolveCommit(gitDir, ref);
  const sha = await takeCommit(gitDir, { source, revision, refs: [ref] });
  repository.pushedAt = now();
  const pulls = world.pulls.filter(
    (pull) => pull.headRepository === repository && pull.headBranch === branch && pull.state === 'open',
  );
  for (const pull of pulls) await setHead(pull, sha);
  return { repository, branch, sha, before, pulls };
}

/** Gives the pull request a commit of the source as its head. */
export async function setHead(pull: Pull, sha: string): Promise<void> {
  const { gitDir, source } = pull.repository;
  await takeCommit(gitDir, { source, revision: sha, refs: [`refs/pull/${pull.number}/head`] });
  pull.headSha = sha;
  await measureChange(pull);
}

/** Looks up the base's commit, and counts what changes. @throws when there is no such branch. */
export async function measureChange(pull: Pull): Promise<void> {
  const { gitDir, name } = pull.repository;
  const base = await resolveCommit(gitDir, `refs/heads/${pull.baseBranch}`);
  if (base === null) throw new Error(`There is no branch ${pull.baseBranch} in ${name}`);
  pull.baseSha = base;
  pull.size = await measure(gitDir, base, pull.headSha);
}

/** A new commit gets a check suite of the App, and the App is told; not so for forks. */
export async function requestChecks(stage: Stage, push: Push, sender: Account): Promise<void> {
  const { world, webhooks } = stage;
  const { repository, branch: headBranch, sha: headSha, before } = push;
  if (repository.parent !== null || world.registration.permissions.checks !== 'write') return;
  if (world.suites.some((one) => one.repository === repository && one.headSha === headSha)) return;
  const suite = suiteOf(world, repository, { headSha, headBranch, before });
  const check_suite = await checkSuitePayload(world, suite);
  await webhooks.send({
    event: 'check_suite',
    action: 'requested',
    repository,
    sender,
    fields: { check_suite },
  });
}
