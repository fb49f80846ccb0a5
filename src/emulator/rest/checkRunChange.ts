import type { Limits } from '../limits.ts';
import { type CheckRun, type CheckSuite, now, type Repository, type World } from '../world.ts';
import { invalid } from './call.ts';
import { type ChangedOutput, checkOutput } from './checkRunOutput.ts';

/**
 * The suite of the App on a commit: made by a push, or else with the first run. Pushes to
 * forks make none: https://docs.github.com/rest/checks/suites
 */
export function suiteOf(
  world: World,
  repository: Repository,
  { headSha, ...push }: { headSha: string; headBranch?: string; before?: string | null },
): CheckSuite {
  const known = world.suites.find((one) => one.repository === repository && one.headSha === headSha);
  if (known !== undefined) return known;
  const at = now();
  const suite: CheckSuite = {
    id: world.nextId(),
    repository,
    headSha,
    headBranch: push.headBranch ?? null,
    before: push.before ?? null,
    createdAt: at,
    updatedAt: at,
  };
  world.suites.push(suite);
  return suite;
}

/** A queued run that nothing is known of yet. */
export function newCheckRun(world: World, suite: CheckSuite, name: string): CheckRun {
  return {
    id: world.nextId(),
    repository: suite.repository,
    suite,
    headSha: suite.headSha,
    name,
    status: 'queued',
    conclusion: null,
    externalId: '',
    detailsUrl: null,
    startedAt: now(),
    completedAt: null,
    title: null,
    summary: null,
    text: null,
    annotations: [],
  };
}

/**
 * Does what the body of a create or update asks for; annotations add up.
 * https://docs.github.com/rest/checks/runs#update-a-check-run
 * @throws an ApiError with status 422, and then nothing has changed.
 */
export function applyChange(run: CheckRun, body: Readonly<Record<string, unknown>>, limits: Limits): void {
  // GitHub's description gives its form, and the tests hold the App to that.
  const output = body.output as ChangedOutput | undefined;
  if (output !== undefined) checkOutput(output, limits.checkText);
  const status = statusAfter(run, body);
  if (body.conclusion === 'stale') throw invalid('CheckRun', 'conclusion', 'Only GitHub sets stale');
  if (status.status === 'completed' && status.conclusion === null) {
    throw invalid('CheckRun', 'conclusion', 'A completed check run needs a conclusion');
  }
  Object.assign(run, status);
  run.name = text(body.name) ?? run.name;
  run.externalId = text(body.external_id) ?? run.externalId;
  run.detailsUrl = text(body.details_url) ?? run.detailsUrl;
  run.startedAt = text(body.started_at) ?? run.startedAt;
  run.suite.updatedAt = now();
  if (output === undefined) return;
  run.title = output.title ?? run.title;
  run.summary = output.summary;
  run.text = output.text ?? null;
  run.annotations.push(...(output.annotations ?? []));
}

function statusAfter(
  run: CheckRun,
  body: Readonly<Record<string, unknown>>,
): Pick<CheckRun, 'status' | 'conclusion' | 'completedAt'> {
  const conclusion = text(body.conclusion);
  if (conclusion !== null || body.completed_at !== undefined || body.status === 'completed') {
    return {
      status: 'completed',
      conclusion: conclusion ?? run.conclusion,
      completedAt: text(body.completed_at) ?? now(),
    };
  }
  if (body.status === 'in_progress' || body.status === 'queued') {
    return { status: body.status, conclusion: null, completedAt: null };
  }
  return { status: run.status, conclusion: run.conclusion, completedAt: run.completedAt };
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
