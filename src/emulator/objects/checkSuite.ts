import { readCommit } from '../git/readCommit.ts';
import type { CheckSuite, World } from '../world.ts';
import { appObject } from './app.ts';
import { simpleCommitObject } from './commit.ts';
import { type Json, nodeId } from './json.ts';
import { checkPullObjects } from './pull.ts';
import { repositoryObject, repositoryUrl } from './repository.ts';

/** What a check run's webhook carries of its suite. */
export function checkSuiteParts(world: World, suite: CheckSuite): Json {
  const { id, headSha, repository } = suite;
  return {
    id,
    node_id: nodeId('CheckSuite', id),
    head_branch: suite.headBranch,
    head_sha: headSha,
    ...outcome(world, suite),
    url: `${repositoryUrl(world, repository)}/check-suites/${id}`,
    before: suite.before,
    after: headSha,
    pull_requests: checkPullObjects(world, headSha),
    app: appObject(world),
    created_at: suite.createdAt,
    updated_at: suite.updatedAt,
  };
}

/** A check suite as a webhook carries it. */
export async function checkSuitePayload(world: World, suite: CheckSuite): Promise<Json> {
  const parts = checkSuiteParts(world, suite);
  const commit = await readCommit(suite.repository.gitDir, suite.headSha);
  return {
    ...parts,
    latest_check_runs_count: world.checkRuns.filter((run) => run.suite === suite).length,
    check_runs_url: `${String(parts.url)}/check-runs`,
    head_commit: simpleCommitObject(commit),
  };
}

/** https://docs.github.com/rest/checks/suites#get-a-check-suite */
export async function checkSuiteObject(world: World, suite: CheckSuite): Promise<Json> {
  return {
    ...(await checkSuitePayload(world, suite)),
    repository: repositoryObject(world, suite.repository),
  };
}

/** From the worst to the best; the suite has the worst of its runs. */
const CONCLUSIONS = ['failure', 'timed_out', 'cancelled', 'action_required', 'success', 'neutral', 'skipped'];

function outcome(world: World, suite: CheckSuite): { status: string; conclusion: string | null } {
  const runs = world.checkRuns.filter((run) => run.suite === suite);
  if (runs.length === 0) return { status: 'queued', conclusion: null };
  if (runs.some(({ status }) => status !== 'completed')) return { status: 'in_progress', conclusion: null };
  const worst = CONCLUSIONS.find((conclusion) => runs.some((run) => run.conclusion === conclusion));
  // A suite is never called skipped.
  return { status: 'completed', conclusion: worst === 'skipped' || worst === undefined ? 'neutral' : worst };
}
