import { readCommit } from '../git/readCommit.ts';
import { takeCommit } from '../git/transfer.ts';
import { checkRunPayload } from '../objects/checkRun.ts';
import { checkSuitePayload } from '../objects/checkSuite.ts';
import { simpleCommitObject } from '../objects/commit.ts';
import type { Delivery } from '../webhooks.ts';
import type { CheckRun, Repository } from '../world.ts';
import { moveBranch, requestChecks } from './branches.ts';
import type { Stage } from './stage.ts';

/** "Re-run" of one check. */
export async function rerequestCheckRun(
  { world, webhooks }: Stage,
  id: number,
  user = 'octocat',
): Promise<Delivery> {
  const run = world.checkRuns.find((one) => one.id === id);
  if (run === undefined) throw new Error(`There is no check run ${id}`);
  if (run.status !== 'completed')
    throw new Error(`Check run ${id} is ${run.status}: GitHub re-runs completed ones only`);
  return webhooks.send({
    event: 'check_run',
    action: 'rerequested',
    repository: run.repository,
    sender: world.account(user),
    fields: { check_run: checkRunPayload(world, run) },
  });
}

/** "Re-run all checks" of a commit. */
export async function rerequestCheckSuite(
  { world, webhooks }: Stage,
  sha: string,
  user = 'octocat',
): Promise<Delivery> {
  const suite = world.suites.find(({ headSha }) => headSha === sha);
  if (suite === undefined) throw new Error(`There is no check suite on ${sha}`);
  return webhooks.send({
    event: 'check_suite',
    action: 'rerequested',
    repository: suite.repository,
    sender: world.account(user),
    fields: { check_suite: await checkSuitePayload(world, suite) },
  });
}

/** Tells the App of its own check run, and of the suite when that was the last one. */
export async function tellCheckRun(
  { world, webhooks }: Stage,
  run: CheckRun,
  action: 'created' | 'completed',
): Promise<void> {
  const { repository, suite } = run;
  const about = { repository, sender: world.bot };
  const check_run = checkRunPayload(world, run);
  const siblings = world.checkRuns.filter((one) => one.suite === suite);
  const isLast = action === 'completed' && siblings.every(({ status }) => status === 'completed');
  const check_suite = isLast ? await checkSuitePayload(world, suite) : null;
  await webhooks.send({ event: 'check_run', action, ...about, fields: { check_run } });
  if (check_suite === null) return;
  await webhooks.send({ event: 'check_suite', action: 'completed', ...about, fields: { check_suite } });
}

export interface NewMergeGroup {
  readonly repo: Repository;
  /** The queue's base: a revision of the source. */
  readonly base: string;
  /** The group's commit: a revision of the source. */
  readonly head: string;
  /** The default branch when not said. */
  readonly baseBranch?: string;
}

/** The merge queue asks for checks on a group: a merge of base and head of the source. */
export async function mergeGroup(stage: Stage, group: NewMergeGroup): Promise<Delivery> {
  const { world, webhooks } = stage;
  const { repo: repository, baseBranch = repository.defaultBranch } = group;
  const { gitDir, source } = repository;
  const base = await takeCommit(gitDir, { source, revision: group.base, refs: [] });
  const branch = `gh-readonly-queue/${baseBranch}/pr-1-${base}`;
  const push = await moveBranch(stage, repository, { branch, revision: group.head });
  const merge = {
    head_sha: push.sha,
    head_ref: `refs/heads/${branch}`,
    base_sha: base,
    base_ref: `refs/heads/${baseBranch}`,
    head_commit: simpleCommitObject(await readCommit(gitDir, push.sha)),
  };
  const sender = world.account('github-merge-queue[bot]', 'Bot');
  const fields = { merge_group: merge };
  const delivery = await webhooks.send({
    event: 'merge_group',
    action: 'checks_requested',
    repository,
    sender,
    fields,
  });
  await requestChecks(stage, push, sender);
  return delivery;
}
