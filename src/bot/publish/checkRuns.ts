import { CONCERNS, type Concern } from '../../model/finding.ts';
import type { CheckOutput } from '../../report/checkOutput.ts';
import { inRepository, type Octokit } from '../github.ts';
import { type Job, toExternalId } from '../job.ts';

/** At most as many annotations fit into one request. https://docs.github.com/rest/checks/runs */
const ANNOTATIONS_PER_REQUEST = 50;

/** How a check run is concluded: a review's output, or words about why there is none. */
export type Conclusion = Omit<CheckOutput, 'conclusion' | 'annotations'> & {
  readonly conclusion: 'success' | 'failure' | 'neutral' | 'skipped' | 'cancelled';
  readonly annotations: CheckOutput['annotations'];
};

/** The check runs of one head; an id is null where GitHub did not take the run. */
export type CheckRuns = Readonly<Record<Concern, number | null>>;

/** The stable name that a branch rule can require. */
export function checkName(concern: Concern): string {
  return `hydrant/${concern}`;
}

/**
 * Puts the four check runs of a head in progress. Runs that were never concluded (by a
 * crash, or of the review that this one supersedes) are taken over.
 * @returns with each id that GitHub refused the error.
 */
export async function startCheckRuns(
  octokit: Octokit,
  job: Job,
  appId: number,
): Promise<{ runs: CheckRuns; errors: unknown[] }> {
  const open = await openRuns(octokit, job, appId).catch(() => new Map<string, number>());
  const errors: unknown[] = [];
  const ids = await Promise.all(
    CONCERNS.map(async (concern) => {
      const name = checkName(concern);
      const known = open.get(name);
      if (known !== undefined) return [concern, known] as const;
      try {
        const { data } = await octokit.rest.checks.create({
          ...inRepository(job),
          name,
          head_sha: job.head,
          status: 'in_progress',
          started_at: new Date().toISOString(),
          external_id: toExternalId(job),
        });
        return [concern, data.id] as const;
      } catch (error) {
        errors.push(error);
        return [concern, null] as const;
      }
    }),
  );
  // One entry for each concern, made from the list of concerns.
  return { runs: Object.fromEntries(ids) as CheckRuns, errors };
}

async function openRuns(octokit: Octokit, job: Job, appId: number): Promise<Map<string, number>> {
  const runs = await octokit.paginate(octokit.rest.checks.listForRef, {
    ...inRepository(job),
    ref: job.head,
    app_id: appId,
    per_page: 100,
  });
  return new Map(runs.filter(({ status }) => status !== 'completed').map(({ name, id }) => [name, id]));
}

/**
 * Concludes one check run, with its annotations in batches. A run that could not be
 * started is created concluded.
 */
export async function concludeCheckRun(
  octokit: Octokit,
  job: Job,
  { concern, id, conclusion }: { concern: Concern; id: number | null; conclusion: Conclusion },
): Promise<void> {
  const { conclusion: verdict, annotations, ...output } = conclusion;
  const [first = [], ...more] = batches(annotations);
  const done = {
    ...inRepository(job),
    name: checkName(concern),
    status: 'completed' as const,
    conclusion: verdict,
    completed_at: new Date().toISOString(),
  };
  // The last update concludes: until then the run stays in progress with what it has.
  const run = id ?? (await create(octokit, job, concern));
  for (const [index, batch] of [first, ...more].entries()) {
    const last = index === more.length;
    await octokit.rest.checks.update({
      ...(last ? done : inRepository(job)),
      check_run_id: run,
      output: { ...output, annotations: batch.map((annotation) => ({ ...annotation })) },
    });
  }
}

async function create(octokit: Octokit, job: Job, concern: Concern): Promise<number> {
  const { data } = await octokit.rest.checks.create({
    ...inRepository(job),
    name: checkName(concern),
    head_sha: job.head,
    status: 'in_progress',
    external_id: toExternalId(job),
  });
  return data.id;
}

function batches<T>(items: readonly T[]): T[][] {
  const count = Math.ceil(items.length / ANNOTATIONS_PER_REQUEST);
  return Array.from({ length: count }, (_, index) =>
    items.slice(index * ANNOTATIONS_PER_REQUEST, (index + 1) * ANNOTATIONS_PER_REQUEST),
  );
}
