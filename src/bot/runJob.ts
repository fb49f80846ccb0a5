import { randomUUID } from 'node:crypto';
import type { Logger } from 'probot';
import { ReviewEnded } from '../isolation/reviewEnded.ts';
import { CONCERNS } from '../model/finding.ts';
import type { Review } from '../model/review.ts';
import { toCheckOutput } from '../report/checkOutput.ts';
import { renderComment } from '../report/comment.ts';
import type { Links } from '../report/markdown/links.ts';
import type { RepositoryIdentity } from '../review/reviewRepository.ts';
import { ruleNames } from '../settings/ruleNames.ts';
import type { Attempts } from './attempts.ts';
import { conclusionOf } from './conclusions.ts';
import type { Endings } from './endings.ts';
import { type GitHubApp, inRepository, type Octokit } from './github.ts';
import type { Job, PullJob } from './job.ts';
import { type CheckRuns, type Conclusion, concludeCheckRun, startCheckRuns } from './publish/checkRuns.ts';
import { publishComment } from './publish/comment.ts';
import { Progress } from './publish/progress.ts';
import type { Retries } from './retries.ts';
import type { Reviewer, ReviewRequest } from './reviewer.ts';
import { Stopped } from './stopped.ts';

/** What jobs are done with. */
export interface JobContext {
  readonly app: GitHubApp;
  readonly review: Reviewer;
  readonly log: Logger;
  readonly retries: Retries;
  readonly attempts: Attempts;
  readonly endings: Pick<Endings, 'finished' | 'exceeded'>;
  /** How often, in milliseconds, the progress of a review is told. */
  readonly tellMs?: number | undefined;
}

/** A job with what GitHub said of it just now. */
interface Facts {
  readonly job: Job;
  /** The newest commit of the base branch: settings and policies are read there. */
  readonly settingsCommit: string;
  readonly identity: RepositoryIdentity;
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
    const checks = (job: Job): Checks => ({
      octokit,
      job,
      runs: start(octokit, job, { ...context, log }),
      log,
    });
    const facts = await factsOf(octokit, asked).catch(async (error: unknown) => {
      await giveUp(checks(asked), error, signal);
      return null;
    });
    if (facts !== null) await reviewAndPublish({ ...checks(facts.job), facts, signal, context });
  } catch (error) {
    log.error({ err: error }, 'a job failed before it had check runs');
  }
}

/** Puts the check runs in progress. GitHub asks for a second between writes, so the review does not wait for this. */
async function start(octokit: Octokit, job: Job, { app, log }: JobContext): Promise<CheckRuns> {
  const { runs, errors } = await startCheckRuns(octokit, job, app.id);
  for (const error of errors) log.error({ err: error }, 'a check run could not be started');
  return runs;
}

/** The check runs of a job, and how they are reached. */
interface Checks {
  readonly octokit: Octokit;
  readonly job: Job;
  readonly runs: Promise<CheckRuns>;
  readonly log: Logger;
}

interface Publication extends Checks {
  readonly facts: Facts;
  readonly signal: AbortSignal;
  readonly context: JobContext;
}

async function reviewAndPublish(publication: Publication): Promise<void> {
  const { facts, job, signal, context } = publication;
  try {
    signal.throwIfAborted();
    let complete = true;
    const asked = {
      ...inRepository(job),
      ...facts,
      head: job.head,
      mergeBase: job.kind === 'pull',
      token: () => context.app.token(job.installationId),
      signal,
      onPassingFailure: () => {
        complete = false;
      },
    };
    const review = await counted(job, context, () => withProgress(publication, asked));
    signal.throwIfAborted();
    const links = linksOf(facts);
    await conclude(publication, (concern) => toCheckOutput(review, concern, links));
    if (job.kind === 'pull') await comment(publication, job, review);
    if (complete) context.retries.done(job);
    else context.retries.later(job);
  } catch (error) {
    await giveUp(publication, error, signal);
  }
}

/** Reviews, and tells meanwhile what it has come to. */
async function withProgress(
  { octokit, job, runs, log, context: { review, tellMs } }: Publication,
  asked: ReviewRequest,
): Promise<Review> {
  const onError = (error: unknown) => log.warn({ err: error }, 'the progress could not be told');
  const progress = new Progress({ octokit, job, runs, onError, tellMs });
  try {
    return await review({ ...asked, onStep: progress.heard });
  } finally {
    await progress.stop();
  }
}

/** Reviews, unless that was tried too often; an attempt without an end is remembered. */
async function counted(
  job: Job,
  { attempts, endings }: JobContext,
  review: () => Promise<Review>,
): Promise<Review> {
  await attempts.begin(job);
  try {
    const result = await review();
    endings.finished(job);
    await attempts.done(job);
    return result;
  } catch (error) {
    if (error instanceof ReviewEnded) {
      endings.exceeded(job);
      await attempts.ended(job, error.message);
    } else await attempts.done(job);
    throw error;
  }
}

/** Concludes the check runs of a job that does not come to its end. */
async function giveUp(checks: Checks, error: unknown, signal: AbortSignal): Promise<void> {
  // The abort's own reason counts, even where another error wraps it by now.
  const cause: unknown = signal.aborted ? signal.reason : error;
  if (cause instanceof Stopped && cause.kind === 'shutdown') return;
  const reference = randomUUID();
  if (!(cause instanceof Stopped)) checks.log.error({ err: error, reference }, 'a review failed');
  await conclude(checks, () => conclusionOf(cause, reference));
}

/** Each run is concluded on its own: what GitHub refuses of one is not the others' loss. */
async function conclude(
  { octokit, job, runs, log }: Checks,
  conclusionFor: (concern: (typeof CONCERNS)[number]) => Conclusion,
): Promise<void> {
  const started = await runs;
  await Promise.all(
    CONCERNS.map(async (concern) => {
      try {
        await concludeCheckRun(octokit, job, {
          concern,
          id: started[concern],
          conclusion: conclusionFor(concern),
        });
      } catch (error) {
        log.error({ err: error, concern }, 'a check run could not be concluded');
      }
    }),
  );
}

/** Whatever fails here, the conclusions are delivered and stay. */
async function comment(
  { octokit, facts, context, log }: Publication,
  job: PullJob,
  review: Review,
): Promise<void> {
  try {
    if (!(await isNewest(octokit, job))) return;
    const body = renderComment(review, linksOf(facts));
    await publishComment(octokit, job, { body, app: context.app });
  } catch (error) {
    log.error({ err: error }, 'the comment could not be written');
  }
}

function linksOf({ htmlUrl }: Facts): Links {
  return { repositoryUrl: htmlUrl, builtInRules: ruleNames() };
}

/** Null where there is nothing to review any more. */
async function factsOf(octokit: Octokit, job: Job): Promise<Facts | null> {
  if (job.kind === 'mergeGroup') {
    const { data } = await octokit.rest.repos.get(inRepository(job));
    return {
      job,
      settingsCommit: job.base,
      ...namesOf(data),
      identity: identityOf(data, data.default_branch),
    };
  }
  const { data } = await octokit.rest.pulls.get({ ...inRepository(job), pull_number: job.number });
  if (data.state !== 'open') return null;
  const { repo, ref, sha } = data.base;
  return {
    job: { ...job, head: data.head.sha },
    settingsCommit: sha,
    ...namesOf(repo),
    identity: identityOf(repo, ref),
  };
}

interface Addresses {
  readonly clone_url: string;
  readonly html_url: string;
  readonly ssh_url: string;
}

function namesOf({ clone_url: cloneUrl, html_url: htmlUrl }: Addresses): Pick<Facts, 'cloneUrl' | 'htmlUrl'> {
  return { cloneUrl, htmlUrl };
}

function identityOf({ clone_url, html_url, ssh_url }: Addresses, branch: string | null): RepositoryIdentity {
  return { urls: [clone_url, html_url, ssh_url], branch };
}

async function isNewest(octokit: Octokit, job: PullJob): Promise<boolean> {
  const { data } = await octokit.rest.pulls.get({ ...inRepository(job), pull_number: job.number });
  return data.state === 'open' && data.head.sha === job.head;
}
