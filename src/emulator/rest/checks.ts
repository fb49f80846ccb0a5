import { resolveCommit } from '../git/readCommit.ts';
import { annotationObject, checkRunObject } from '../objects/checkRun.ts';
import { checkSuiteObject } from '../objects/checkSuite.ts';
import type { CheckRun, CheckSuite } from '../world.ts';
import { ApiError, type Call, type Needs, notFound, type Route, repositoryOf } from './call.ts';
import { applyChange, newCheckRun, suiteOf } from './checkRunChange.ts';
import { pageOf } from './paging.ts';
import { commitOf } from './repositories.ts';

const READ: Needs = [{ checks: 'read' }];
const WRITE: Needs = [{ checks: 'write' }];
const SUITE = '/repos/{owner}/{repo}/check-suites/{check_suite_id}';
const RUN = '/repos/{owner}/{repo}/check-runs/{check_run_id}';

export const checkRoutes: readonly Route[] = [
  { operation: 'POST /repos/{owner}/{repo}/check-runs', needs: WRITE, answer: create },
  {
    operation: `GET ${RUN}`,
    needs: READ,
    answer: (call) => ({ status: 200, body: checkRunObject(call.world, runOf(call)) }),
  },
  { operation: `PATCH ${RUN}`, needs: WRITE, answer: update },
  { operation: `GET ${RUN}/annotations`, needs: READ, answer: annotations },
  { operation: 'GET /repos/{owner}/{repo}/commits/{ref}/check-runs', needs: READ, answer: listRuns },
  {
    operation: 'GET /repos/{owner}/{repo}/commits/{ref}/check-suites',
    needs: READ,
    answer: listSuites,
  },
  { operation: `GET ${SUITE}/check-runs`, needs: READ, answer: listRunsOfSuite },
  {
    operation: `GET ${SUITE}`,
    needs: READ,
    answer: async (call) => ({ status: 200, body: await checkSuiteObject(call.world, suiteOfPath(call)) }),
  },
];

/** The newest run of each name, in the order of their names' first runs; or all runs. */
export function latestRuns(runs: readonly CheckRun[]): CheckRun[] {
  return [...new Map(runs.map((run) => [run.name, run])).values()];
}

function runOf(call: Call): CheckRun {
  const repository = repositoryOf(call);
  const run = call.world.checkRuns.find(
    (one) => one.repository === repository && String(one.id) === call.params.check_run_id,
  );
  if (run === undefined) throw notFound();
  return run;
}

async function create(call: Call) {
  const { world, body } = call;
  const repository = repositoryOf(call);
  const sha = String(body.head_sha);
  if (!/^[0-9a-f]{40,64}$/.test(sha) || (await resolveCommit(repository.gitDir, sha)) === null) {
    throw new ApiError(422, `No commit found for SHA: ${sha}`);
  }
  const run = newCheckRun(world, suiteOf(world, repository, { headSha: sha }), String(body.name));
  applyChange(run, body, world.limits);
  world.checkRuns.push(run);
  const answer = checkRunObject(world, run);
  world.own.changedCheckRun(run, 'created');
  if (run.status === 'completed') world.own.changedCheckRun(run, 'completed');
  return { status: 201, headers: { location: String(answer.url) }, body: answer };
}

function update(call: Call) {
  const run = runOf(call);
  const before = run.status;
  applyChange(run, call.body, call.world.limits);
  if (before !== 'completed' && run.status === 'completed') call.world.own.changedCheckRun(run, 'completed');
  return { status: 200, body: checkRunObject(call.world, run) };
}

function annotations(call: Call) {
  const run = runOf(call);
  const { items, headers } = pageOf(call, run.annotations);
  return { status: 200, headers, body: items.map((one) => annotationObject(call.world, run, one)) };
}

async function listRuns(call: Call) {
  const repository = repositoryOf(call);
  const sha = await commitOf(call);
  return pageOfRuns(
    call,
    call.world.checkRuns.filter((run) => run.repository === repository && run.headSha === sha),
  );
}

function listRunsOfSuite(call: Call) {
  const suite = suiteOfPath(call);
  return pageOfRuns(
    call,
    call.world.checkRuns.filter((run) => run.suite === suite),
  );
}

function pageOfRuns(call: Call, all: readonly CheckRun[]) {
  const { world, query } = call;
  const found = (query.filter === 'all' ? all : latestRuns(all)).filter(
    (run) =>
      (query.check_name === undefined || query.check_name === run.name) &&
      (query.status === undefined || query.status === run.status) &&
      (query.app_id === undefined || query.app_id === String(world.app.id)),
  );
  const { items, headers } = pageOf(call, found);
  const runs = items.map((run) => checkRunObject(world, run));
  return { status: 200, headers, body: { total_count: found.length, check_runs: runs } };
}

function suiteOfPath(call: Call): CheckSuite {
  const repository = repositoryOf(call);
  const suite = call.world.suites.find(
    (one) => one.repository === repository && String(one.id) === call.params.check_suite_id,
  );
  if (suite === undefined) throw notFound();
  return suite;
}

async function listSuites(call: Call) {
  const { world, query } = call;
  const repository = repositoryOf(call);
  const sha = await commitOf(call);
  const found = world.suites.filter(
    (suite) =>
      suite.repository === repository &&
      suite.headSha === sha &&
      (query.app_id === undefined || query.app_id === String(world.app.id)) &&
      (query.check_name === undefined ||
        world.checkRuns.some((run) => run.suite === suite && run.name === query.check_name)),
  );
  const { items, headers } = pageOf(call, found);
  const suites = await Promise.all(items.map((suite) => checkSuiteObject(world, suite)));
  return { status: 200, headers, body: { total_count: found.length, check_suites: suites } };
}
