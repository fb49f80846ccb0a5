import { randomUUID } from 'node:crypto';
import type { Logger } from 'probot';
import { CONCERNS, type Concern } from '../../model/finding.ts';
import { conclusionOf } from '../conclusions.ts';
import type { Octokit } from '../github.ts';
import type { Job } from '../job.ts';
import { Stopped } from '../stopped.ts';
import { type CheckRuns, type Conclusion, concludeCheckRun } from './checkRuns.ts';

/** The check runs of a job, and how they are reached. */
export interface Checks {
  readonly octokit: Octokit;
  readonly job: Job;
  readonly runs: Promise<CheckRuns>;
  readonly log: Logger;
  /** When the job had its turn. */
  readonly startedAt: string;
  /** Of a whole review, the digest of its settings. */
  readonly settings?: string | null;
}

/**
 * Concludes all check runs of a job, each on its own: what GitHub refuses of one is not the others' loss.
 * @param triesFor gives the conclusions of a concern, from the whole one to the shortest.
 * @returns whether GitHub took all.
 */
export async function conclude(
  checks: Checks,
  triesFor: (concern: Concern) => readonly (() => Conclusion)[],
): Promise<boolean> {
  return concludeSome(checks, CONCERNS, triesFor);
}

/** Concludes the check runs of a job that does not come to its end. */
export async function giveUp(checks: Checks, error: unknown, signal: AbortSignal): Promise<void> {
  const tries = reasonsOf(checks, error, signal);
  if (tries !== null) await conclude(checks, () => tries);
}

/** Concludes what was announced of a job whose review was not begun: no other check run of it was seen. */
export async function withdraw(checks: Checks, error: unknown, signal: AbortSignal): Promise<void> {
  const tries = reasonsOf(checks, error, signal);
  if (tries === null) return;
  const runs = await checks.runs;
  await concludeSome(
    checks,
    CONCERNS.filter((concern) => runs[concern] !== null),
    () => tries,
  );
}

/** Null where the next start takes the job up. */
function reasonsOf({ log }: Checks, error: unknown, signal: AbortSignal): (() => Conclusion)[] | null {
  // The abort's own reason counts, even where another error wraps it by now.
  const cause: unknown = signal.aborted ? signal.reason : error;
  if (cause instanceof Stopped && cause.kind === 'shutdown') return null;
  const reference = randomUUID();
  if (!(cause instanceof Stopped)) log.error({ err: error, reference }, 'a review failed');
  const reason = conclusionOf(cause, reference);
  const shortest = 'GitHub refused to take the reason.';
  return [() => reason, () => ({ ...reason, summary: shortest })];
}

async function concludeSome(
  { octokit, job, runs, log, startedAt, settings = null }: Checks,
  concerns: readonly Concern[],
  triesFor: (concern: Concern) => readonly (() => Conclusion)[],
): Promise<boolean> {
  const open = await runs;
  const taken = await Promise.all(
    concerns.map(async (concern) => {
      try {
        const tries = triesFor(concern);
        await concludeCheckRun(octokit, job, { concern, id: open[concern], startedAt, settings, tries });
        return true;
      } catch (error) {
        log.error({ err: error, concern }, 'a check run could not be concluded');
        return false;
      }
    }),
  );
  return taken.every(Boolean);
}
