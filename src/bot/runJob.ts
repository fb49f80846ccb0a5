import type { Logger } from 'probot';
import { ReviewEnded } from '../isolation/reviewEnded.ts';
import type { Review } from '../model/review.ts';
import type { Links } from '../report/markdown/links.ts';
import { checkOutputs, comments } from '../report/shorterReports.ts';
import { rulePagesAt } from '../settings/rulePagesAt.ts';
import type { Attempts } from './attempts.ts';
import type { Endings } from './endings.ts';
import { type Facts, factsOf, isNewest } from './facts.ts';
import { type GitHubApp, inRepository, type Octokit } from './github.ts';
import { type Job, type PullJob, toExternalId } from './job.ts';
import { announceCheckRuns, type CheckRuns, type Seen, seeCheckRuns } from './publish/checkRuns.ts';
import { publishComment } from './publish/comment.ts';
import { type Checks, conclude, giveUp, withdraw } from './publish/conclude.ts';
import { Progress } from './publish/progress.ts';
import type { InTurn } from './queue.ts';
import type { Retries } from './retries.ts';
import type { Reviewer, ReviewRequest } from './reviewer.ts';
import type { SettingsDigest } from './settingsDigest.ts';
import { Stopped } from './stopped.ts';

/** What jobs are done with. */
export interface JobContext {
  readonly app: GitHubApp;
  readonly review: Reviewer;
  readonly log: Logger;
  readonly retries: Retries;
  readonly attempts: Attempts;
  readonly settingsDigest: SettingsDigest;
  readonly endings: Pick<Endings, 'finished' | 'exceeded'>;
  /** How often, in milliseconds, the progress of a review is told. */
  readonly tellMs?: number | undefined;
  /** Where Hydrant's documentation is read; rules are named and not linked without it. */
  readonly docsUrl?: string | undefined;
}

/** When a job is done, and until when. */
interface Timing {
  readonly signal: AbortSignal;
  readonly inTurn: InTurn;
}

/**
 * Does one job from queued to concluded:
 * 1. shows at once, by a queued check run of the render concern, that the head is to be reviewed;
 * 2. in its turn asks GitHub for the newest head;
 * 3. fetches, renders and judges, and tells in that check run how far it is;
 * 4. concludes all four check runs, each in one write; they belong to this head, whatever came since;
 * 5. writes the comment, if the head is still the newest.
 * A failure of one part never keeps the others from being delivered.
 */
export async function runJob(asked: Job, timing: Timing, context: JobContext): Promise<void> {
  const log = context.log.child({ repository: `${asked.owner}/${asked.repo}`, head: asked.head });
  try {
    const octokit = await context.app.of(asked.installationId);
    const seen = seeCheckRuns(octokit, asked, context.app.id);
    // What is done is looked at more closely in its turn, and most likely left alone.
    const announced = seen.then((runs) =>
      runs.done === null ? announce(octokit, asked, { ...runs, log }) : runs.open,
    );
    await timing.inTurn(() => inItsTurn({ octokit, asked, seen, announced, log }, timing.signal, context));
  } catch (error) {
    log.error({ err: error }, 'a job failed before it had check runs');
  }
}

/** Shows that a head is to be reviewed. GitHub asks for a second between writes, so the review does not wait for this. */
async function announce(
  octokit: Octokit,
  job: Job,
  { log, ...seen }: Seen & { readonly log: Logger },
): Promise<CheckRuns> {
  const { runs, error } = await announceCheckRuns(octokit, job, seen);
  if (error !== undefined) log.error({ err: error }, 'a check run could not be started');
  return runs;
}

/** A job that was announced. */
interface Announced {
  readonly octokit: Octokit;
  readonly asked: Job;
  readonly seen: Promise<Seen>;
  readonly announced: Promise<CheckRuns>;
  readonly log: Logger;
}

async function inItsTurn(
  { octokit, asked, seen, announced, log }: Announced,
  signal: AbortSignal,
  context: JobContext,
): Promise<void> {
  const checks = { octokit, job: asked, runs: announced, log, startedAt: new Date().toISOString() };
  const facts = signal.aborted ? null : await factsOf(octokit, asked).catch((error: unknown) => ({ error }));
  // Another job is to come, and GitHub may have told of its head here.
  if (signal.aborted) return withdraw(checks, signal.reason, signal);
  if (facts === null) return withdraw(checks, new Stopped('closed'), signal);
  if ('error' in facts) return giveUp(checks, facts.error, signal);
  const { job } = facts;
  const isOld = job.head !== asked.head;
  // The event was of an older head than GitHub knows by now.
  const withdrawn = isOld ? withdraw(checks, new Stopped('superseded'), signal) : undefined;
  const known = await (isOld ? seeCheckRuns(octokit, job, context.app.id) : seen);
  const publication = { ...checks, job, facts, signal, context };
  if (!(await isDone(publication, known.done))) {
    const isAnnounced = !isOld && known.done === null;
    const runs = isAnnounced ? announced : announce(octokit, job, { ...known, log });
    await reviewAndPublish({ ...publication, runs });
  }
  await withdrawn;
}

/** Whether what was reviewed before is the same as would be now. */
async function isDone(publication: Publication, done: string | null): Promise<boolean> {
  if (done === null) return false;
  const settings = await settingsOf(publication);
  return settings !== null && toExternalId(publication.job, settings) === done;
}

/** Null where the settings cannot be had. */
async function settingsOf({ job, facts, signal, log, context }: Publication): Promise<string | null> {
  const token = () => context.app.token(job.installationId);
  try {
    return await context.settingsDigest({ ...inRepository(job), ...facts, token, signal });
  } catch (error) {
    log.warn({ err: error }, 'the settings could not be told apart');
    return null;
  }
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
    const links = linksOf(facts, context);
    const settings = complete ? await settingsOf(publication) : null;
    const delivered = await conclude({ ...publication, settings }, (concern) =>
      checkOutputs(review, concern, links),
    );
    if (job.kind === 'pull') await comment(publication, job, review);
    if (complete && delivered) context.retries.done(job);
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

/** Whatever fails here, the conclusions are delivered and stay. */
async function comment(
  { octokit, facts, context, log }: Publication,
  job: PullJob,
  review: Review,
): Promise<void> {
  try {
    if (!(await isNewest(octokit, job))) return;
    const triesAfter = (earlier: string | undefined) =>
      comments(review, { ...linksOf(facts, context), earlier });
    await publishComment(octokit, job, { review, triesAfter, app: context.app });
  } catch (error) {
    log.error({ err: error }, 'the comment could not be written');
  }
}

function linksOf({ htmlUrl }: Facts, { docsUrl }: Pick<JobContext, 'docsUrl'>): Links {
  return { repositoryUrl: htmlUrl, rulePages: rulePagesAt(docsUrl) };
}
