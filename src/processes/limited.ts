/** Thrown when work takes too long. */
export class TimedOut extends Error {
  /** As many milliseconds as it had. */
  readonly timeout: number;

  constructor(timeout: number) {
    super(`it took longer than ${timeout / 1000} s`);
    this.timeout = timeout;
  }
}

/**
 * Waits for work, but no longer than it may take. The work itself goes on.
 * @throws {TimedOut} after so many milliseconds; the signal's reason when aborted.
 */
export async function limited<T>(
  work: Promise<T>,
  timeout: number,
  signal: AbortSignal | undefined,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  let abort: (() => void) | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimedOut(timeout)), timeout);
    abort = () => reject(signal?.reason);
    signal?.addEventListener('abort', abort, { once: true });
  });
  // The loser of the race is not awaited by anyone else.
  work.catch(() => undefined);
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
    if (abort !== undefined) signal?.removeEventListener('abort', abort);
  }
}
