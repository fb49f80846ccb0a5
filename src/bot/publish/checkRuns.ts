import { CONCERNS, type Concern } from '../../model/finding.ts';
import type { CheckOutput } from '../../report/checkOutput.ts';
import { inRepository, type Octokit } from '../github.ts';
import { type Job, toExternalId } from '../job.ts';
import { firstTaken } from './firstTaken.ts';

/** At most as many annotations fit into one request. https://docs.github.com/rest/checks/runs */
const ANNOTATIONS_PER_REQUEST = 50;

/** How a check run is concluded: a review's output, or words about why there is none. */
export type Conclusion = Omit<CheckOutput, 'conclusion'> & {
  readonly conclusion: 'success' | 'failure' | 'neutral' | 'skipped' | 'cancelled';
};

/** The check runs of one head that wait for their conclusion; an id is null where there is none yet. */
export type CheckRuns = Readonly<Record<Concern, number | null>>;

/** The stable name that a branch rule can require. */
export function checkName(concern: Concern): string {
  return `hydrant/${concern}`;
}

/**
 * Shows that a head is to be reviewed, by a queued check run of the render concern. Runs that were never
 * concluded (by a crash, or of the review that this one supersedes) are taken over.
 * @returns with the runs what GitHub refused.
 */
export async function announceCheckRuns(
  octokit: Octokit,
  job: Job,
  appId: number,
): Promise<{ runs: CheckRuns; error?: unknown }> {
  const open = await openRuns(octokit, job, appId).catch(() => new Map<string, number>());
  // One entry for each concern, made from the list of concerns.
  const runs = Object.fromEntries(
    CONCERNS.map((concern) => [concern, open.get(checkName(concern)) ?? null]),
  ) as CheckRuns;
  if (runs.render !== null) return { runs };
  try {
    const { data } = await octokit.rest.checks.create({
      ...ownRun(job, 'render'),
      head_sha: job.head,
      status: 'queued',
    });
    return { runs: { ...runs, render: data.id } };
  } catch (error) {
    return { runs, error };
  }
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
 * Concludes one check run in one write, or makes it concluded where there is none; further writes add what does
 * not fit into one, which is the annotations after the first fifty.
 * @param of.tries conclusions from the whole one to the shortest: GitHub gets the first that it does not refuse.
 */
export async function concludeCheckRun(
  octokit: Octokit,
  job: Job,
  of: {
    readonly concern: Concern;
    readonly id: number | null;
    readonly startedAt: string;
    readonly tries: readonly (() => Conclusion)[];
  },
): Promise<void> {
  const { concern, id, startedAt, tries } = of;
  const { run, output, more } = await firstTaken(tries, async (conclusion) => {
    const { conclusion: verdict, annotations, ...texts } = conclusion;
    const [first = [], ...others] = batches(annotations);
    const done = {
      ...ownRun(job, concern),
      status: 'completed' as const,
      conclusion: verdict,
      started_at: startedAt,
      completed_at: new Date().toISOString(),
      output: { ...texts, annotations: first },
    };
    const { data } =
      id === null
        ? await octokit.rest.checks.create({ ...done, head_sha: job.head })
        : await octokit.rest.checks.update({ ...done, check_run_id: id });
    return { run: data.id, output: texts, more: others };
  });
  for (const annotations of more) {
    const added = { output: { ...output, annotations } };
    await octokit.rest.checks.update({ ...inRepository(job), check_run_id: run, ...added });
  }
}

function ownRun(job: Job, concern: Concern) {
  return { ...inRepository(job), name: checkName(concern), external_id: toExternalId(job) };
}

/** Annotations as the client takes them, in as many requests as are needed. */
function batches(annotations: Conclusion['annotations']) {
  const count = Math.ceil(annotations.length / ANNOTATIONS_PER_REQUEST);
  return Array.from({ length: count }, (_, index) =>
    annotations
      .slice(index * ANNOTATIONS_PER_REQUEST, (index + 1) * ANNOTATIONS_PER_REQUEST)
      .map((annotation) => ({ ...annotation })),
  );
}
