import { randomUUID } from 'node:crypto';
import type { Logger } from 'probot';
import { CONCERNS } from '../model/finding.ts';
import type { Review } from '../model/review.ts';
import { toCheckOutput } from '../report/checkOutput.ts';
import { renderComment } from '../report/comment.ts';
import { conclusionOf } from './conclusions.ts';
import { type GitHubApp, inRepository, type Octokit } from './github.ts';
import type { Job, PullJob } from './job.ts';
import { type CheckRuns, type Conclusion, concludeCheckRun, startCheckRuns } from './publish/checkRuns.ts';
import { publishComment } from './publish/comment.ts';
import type { Reviewer } from './reviewer.ts';
import { Stopped } from './stopped.ts';

/** What jobs are done with. */
export interface JobContext {
  readonly app: GitHubApp;
  readonly review: Reviewer;
  readonly log: Logger;
}

/** A job with what GitHub said of it just now. */
interface Facts {
  readonly job: Job;
  readonly baseBranch: string;
  readonly cloneUrl: string;
  readonly htmlUrl: string;
}

/**
 * Does one job from in progress to concluded:
 * 1. asks GitHub for the newest head;
 * 2. puts its four check runs in progress;
 * 3. fetches, renders and judges;
 * 4. concludes the check runs; they belong to this head, whatever came since;
 * 5. writes the comment, if the head is still the newest.
 * A failure of one part never keeps the others from being delivered.
 */
export async function runJob(asked: Job, signal: AbortSignal, context: JobContext): Promise<void> {
  const log = context.log.child({ repository: `${asked.owner}/${asked.repo}`, head: asked.head });
  try {
    const octokit = await context.app.of(asked.installationId);
    const facts = await factsOf(octokit, asked);
    if (facts === null) return;
    // GitHub asks for a second between writes: the review does not wait for them.
    const runs = startCheckRuns(octokit, facts.job, context.app.id).then(({ runs: started, errors }) => {
      for (const error of errors) log.error({ err: error }, 'a check run could not be started');
      return started;
    });
    await reviewAndPublish({ octokit, facts, runs, signal, context: { ...context, log } });
  } catch (error) {
    log.error({ err: error }, 'a job failed before it had check runs');
  }
}

interface Publication {
  readonly octokit: Octokit;
  readonly facts: Facts;
  readonly runs: Promise<CheckRuns>;
  readonly signal: AbortSignal;
  readonly context: JobContext;
}

async function reviewAndPublish(publication: Publication): Promise<void> {
  const { octokit, facts, signal, context } = publication;
  const { job } = facts;
  try {
    signal.throwIfAborted();
    const review = await context.review({
      ...inRepository(job),
      ...facts,
      head: job.head,
      mergeBase: job.kind === 'pull',
      token: () => context.app.token(job.installationId),
      signal,
    });
    signal.throwIfAborted();
    const links = { repositoryUrl: facts.htmlUrl };
    await conclude(publication, (concern) => toCheckOutput(review, concern, links));
    if (job.kind === 'pull' && (await isNewest(octokit, job))) await comment(publication, job, review);
  } catch (error) {
    // The reason of the abort counts, in whatever error it is wrapped by now.
    const cause: unknown = signal.aborted ? signal.reason : error;
    if (cause instanceof Stopped && cause.kind === 'shutdown') return;
    const reference = randomUUID();
    if (!(cause instanceof Stopped)) context.log.error({ err: error, reference }, 'a review failed');
    await conclude(publication, () => conclusionOf(cause, reference));
  }
}

/** Each run is concluded on its own: what GitHub refuses of one is not the others' loss. */
async function conclude(
  { octokit, facts, runs, context }: Publication,
  conclusionFor: (concern: (typeof CONCERNS)[number]) => Conclusion,
): Promise<void> {
  const started = await runs;
  await Promise.all(
    CONCERNS.map(async (concern) => {
      try {
        await concludeCheckRun(octokit, facts.job, {
          concern,
          id: started[concern],
          conclusion: conclusionFor(concern),
        });
      } catch (error) {
        context.log.error({ err: error, concern }, 'a check run could not be concluded');
      }
    }),
  );
}

async function comment(
  { octokit, facts, context }: Publication,
  job: PullJob,
  review: Review,
): Promise<void> {
  try {
    const body = renderComment(review, { repositoryUrl: facts.htmlUrl });
    await publishComment(octokit, job, { body, app: context.app });
  } catch (error) {
    context.log.error({ err: error }, 'the comment could not be written');
  }
}

/** Null where there is nothing to review any more. */
async function factsOf(octokit: Octokit, job: Job): Promise<Facts | null> {
  if (job.kind === 'mergeGroup') {
    const { data } = await octokit.rest.repos.get(inRepository(job));
    return { job, baseBranch: job.base, cloneUrl: data.clone_url, htmlUrl: data.html_url };
  }
  const { data } = await octokit.rest.pulls.get({ ...inRepository(job), pull_number: job.number });
  if (data.state !== 'open') return null;
  const { clone_url: cloneUrl, html_url: htmlUrl } = data.base.repo;
  return { job: { ...job, head: data.head.sha }, baseBranch: data.base.sha, cloneUrl, htmlUrl };
}

async function isNewest(octokit: Octokit, job: PullJob): Promise<boolean> {
  const { data } = await octokit.rest.pulls.get({ ...inRepository(job), pull_number: job.number });
  return data.state === 'open' && data.head.sha === job.head;
}
