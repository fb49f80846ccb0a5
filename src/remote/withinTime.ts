import { Refusal } from './refusal.ts';

/** How long work may take. */
interface Limit {
  readonly ms: number;
  readonly signal: AbortSignal;
  /** What is fetched, as it may be shown. */
  readonly shown: string;
}

/**
 * Runs work under a signal that is aborted with another one, or when the time is up.
 * @throws {Refusal} when the time is up before the work is done.
 */
export async function withinTime<T>(
  { ms, signal, shown }: Limit,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = new AbortController();
  const reason = `${shown} took longer than ${ms / 1000} s to fetch; it is fetched again with the next review`;
  const timer = setTimeout(() => late.abort(new Refusal(reason, { passes: true })), ms);
  try {
    return await work(AbortSignal.any([signal, late.signal]));
  } finally {
    clearTimeout(timer);
  }
}
