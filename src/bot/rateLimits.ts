import { setTimeout as sleep } from 'node:timers/promises';

/** A request is sent so often at most where GitHub keeps asking to wait. */
const MOST_TRIES = 6;

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** GitHub's budgets last an hour; what asks for a longer pause is something else. */
const LONGEST_PAUSE = 61 * MINUTE;

/** What waiting is done with. */
export interface RateLimitOptions {
  /** Hears for how many milliseconds nothing is sent, and why. */
  readonly onPause: (milliseconds: number, error: unknown) => void;
  /** In place of the clock. */
  readonly pause?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Waits where GitHub says that requests come too fast, or that the budget of the hour is spent, and sends them
 * again. Until then no other request of the same installation is sent, as GitHub asks for.
 * https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#handle-rate-limit-errors-appropriately
 */
export class RateLimits {
  readonly #options: RateLimitOptions;
  /** Since a limit was met: what an account's requests wait for. */
  readonly #pauses = new Map<string, Promise<void>>();
  readonly #closed = new AbortController();

  constructor(options: RateLimitOptions) {
    this.#options = options;
  }

  /**
   * Sends a request when it may be sent, and again after each pause that is asked for.
   * @param account whose limits it counts for.
   * @throws what the request does, in the end; the reason of `close` while it waits.
   */
  async send<T>(account: string, request: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      // Another one may have met a limit while this one waited.
      for (let pause = this.#pauses.get(account); pause !== undefined; pause = this.#pauses.get(account))
        await pause;
      try {
        return await request();
      } catch (error) {
        const milliseconds = askedPause(error, tries);
        if (milliseconds === null || milliseconds > LONGEST_PAUSE || tries === MOST_TRIES) throw error;
        this.#options.onPause(milliseconds, error);
        this.#pause(account, milliseconds);
      }
    }
  }

  /** Ends all waiting: what waits fails. */
  close(reason: Error): void {
    this.#closed.abort(reason);
  }

  #pause(account: string, milliseconds: number): void {
    const { pause = sleepUntil } = this.#options;
    const before = this.#pauses.get(account);
    const both = Promise.all([before, pause(milliseconds, this.#closed.signal)]).then(() => {
      if (this.#pauses.get(account) === both) this.#pauses.delete(account);
    });
    // Who waits hears of it.
    both.catch(() => undefined);
    this.#pauses.set(account, both);
  }
}

/** How long GitHub asks to wait, in milliseconds; null where an error is no limit. */
function askedPause(error: unknown, tries: number): number | null {
  if (!(error instanceof Error && 'status' in error && 'response' in error)) return null;
  const { status, response } = error;
  if (status !== 403 && status !== 429) return null;
  const headers = headersOf(response);
  const after = Number(headers['retry-after']);
  if (headers['retry-after'] !== undefined && after >= 0) return after * SECOND;
  if (headers['x-ratelimit-remaining'] === '0') {
    const reset = Number(headers['x-ratelimit-reset']) * SECOND;
    // GitHub's clock may be a moment behind.
    if (Number.isFinite(reset)) return Math.max(0, reset - Date.now()) + SECOND;
  }
  // GitHub asks for a minute at least, and for longer each time.
  if (status === 429 || /\b(?:secondary rate|abuse)\b/i.test(error.message)) return MINUTE * 2 ** (tries - 1);
  return null;
}

function headersOf(response: unknown): Readonly<Record<string, unknown>> {
  const headers = typeof response === 'object' && response !== null && 'headers' in response;
  return headers && typeof response.headers === 'object' ? { ...response.headers } : {};
}

async function sleepUntil(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(milliseconds, undefined, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}
