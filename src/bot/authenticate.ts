import pRetry, { AbortError } from 'p-retry';
import type { Logger } from 'pino';
import type { ProbotOctokit } from 'probot';
import { OptionsError } from './options.ts';

type Octokit = InstanceType<typeof ProbotOctokit>;

/** Who the App is, by GitHub's word. */
export interface AppIdentity {
  readonly id: number;
  /** The App's name in addresses. */
  readonly slug: string;
}

/** How an answer is waited for. */
export interface Patience {
  readonly log: Pick<Logger, 'warn'>;
  /** Milliseconds until the second try; each further one takes twice as long, up to a minute. */
  readonly firstWaitMs?: number | undefined;
}

const MOST_WAIT_MS = 60_000;

/**
 * Asks GitHub who the App is, again and again while GitHub does not answer: a bot that is started
 * before its network is comes up by itself.
 * @throws {OptionsError} where GitHub answers, and will not know the App by this id and key.
 */
export async function authenticate(
  octokit: Octokit,
  { log, firstWaitMs = 1000 }: Patience,
): Promise<AppIdentity> {
  return pRetry(() => ask(octokit), {
    retries: Number.POSITIVE_INFINITY,
    minTimeout: firstWaitMs,
    maxTimeout: MOST_WAIT_MS,
    onFailedAttempt: ({ error, attemptNumber }) => {
      log.warn({ err: error, attempt: attemptNumber }, 'GitHub does not answer who the App is; asked again');
    },
  });
}

async function ask(octokit: Octokit): Promise<AppIdentity> {
  try {
    const { data } = await octokit.rest.apps.getAuthenticated();
    if (data === null) throw new AbortError(new OptionsError([UNKNOWN]));
    return { id: data.id, slug: data.slug ?? data.name };
  } catch (error) {
    const refusal = refusalIn(error);
    throw refusal === null ? error : new AbortError(new OptionsError([refusal]));
  }
}

const UNKNOWN = 'APP_ID names no App that GitHub knows; see its settings on GitHub';

/** What to do where GitHub has answered, and another try would be in vain. */
function refusalIn(error: unknown): string | null {
  if (!(error instanceof Error) || !('status' in error)) return null;
  if (error.status === 401) {
    if (/Expiration time|Issued at/i.test(error.message))
      return 'the clock of this machine is wrong: GitHub refuses what the App signs with its time';
    return 'GitHub refuses the key: PRIVATE_KEY is of another App than APP_ID, or was deleted in its settings';
  }
  if (error.status !== 404) return null;
  return /Integration not found/i.test(error.message)
    ? UNKNOWN
    : 'what answers is no API of GitHub: see GHE_HOST, the name of a GitHub Enterprise Server';
}
