import { CONCERNS, type Concern } from '../../model/finding.ts';
import type { CheckOutput } from '../../report/checkOutput.ts';
import { inRepository, type Octokit } from '../github.ts';
import { isWholeReview, type Job, toExternalId } from '../job.ts';
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

/** What the check runs of a head say before it is reviewed. */
export interface Seen {
  /** Those that were never concluded: by a crash, or of the review that this one supersedes. */
  readonly open: CheckRuns;
  /** What the runs of a whole review of this head say that was; null where there is none, or it is asked for again. */
  readonly done: string | null;
}

/** Looks at the check runs of a head. */
export async function seeCheckRuns(octokit: Octokit, job: Job, appId: number): Promise<Seen> {
  const runs = await octokit
    .paginate(octokit.rest.checks.listForRef, {
      ...inRepository(job),
      ref: job.head,
      app_id: appId,
      per_page: 100,
    })
    // Then new ones are made.
    .catch(() => []);
  const open = new Map(runs.filter(({ status }) => status !== 'completed').map(({ name, id }) => [name, id]));
  const ids = CONCERNS.map((concern) => [concern, open.get(checkName(concern)) ?? null]);
  const done = runs.filter((run) => isDone(job, run));
  const [first] = done;
  const isWhole = CONCERNS.every((concern) =>
    done.some(({ name, external_id: id }) => name === checkName(concern) && id === first?.external_id),
  );
  return {
    // One entry for each concern, made from the list of concerns.
    open: Object.fromEntries(ids) as CheckRuns,
    done: isWhole ? (first?.external_id ?? null) : null,
  };
}

interface SeenRun {
  readonly status: string;
  readonly external_id: string | null;
  readonly started_at: string | null;
}

function isDone(job: Job, { status, external_id: id, started_at: startedAt }: SeenRun): boolean {
  if (job.again === true || status !== 'completed' || !isWholeReview(job, id)) return false;
  return job.since === undefined || (startedAt !== null && Date.parse(startedAt) >= job.since);
}

/**
 * Shows that a head is to be reviewed, by a queued check run of the render concern, unless one is open.
 * @returns with the runs what GitHub refused.
 */
export async function announceCheckRuns(
  octokit: Octokit,
  job: Job,
  { open }: Seen,
): Promise<{ runs: CheckRuns; error?: unknown }> {
  if (open.render !== null) return { runs: open };
  try {
    const { data } = await octokit.rest.checks.create({
      ...ownRun(job, 'render'),
      head_sha: job.head,
      status: 'queued',
    });
    return { runs: { ...open, render: data.id } };
  } catch (error) {
    return { runs: open, error };
  }
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
    /** Of a whole review, the digest of its settings. */
    readonly settings: string | null;
    readonly tries: readonly (() => Conclusion)[];
  },
): Promise<void> {
  const { concern, id, startedAt, settings, tries } = of;
  const { run, output, more } = await firstTaken(tries, async (conclusion) => {
    const { conclusion: verdict, annotations, ...texts } = conclusion;
    const [first = [], ...others] = batches(annotations);
    const done = {
      ...ownRun(job, concern, settings),
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

function ownRun(job: Job, concern: Concern, settings: string | null = null) {
  return { ...inRepository(job), name: checkName(concern), external_id: toExternalId(job, settings) };
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
