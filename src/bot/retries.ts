import { type Job, keyOf } from './job.ts';

/** Reviews that are done again later, because a server that they need was not to be had. */
export interface Retries {
  /** Has a job done again, each time after a longer pause; after the last one it is left as it is. */
  later(job: Job): void;
  /** Says that a job found all that it needs. */
  done(job: Job): void;
  close(): void;
}

const MINUTE = 60_000;

/** A server that is down for longer than this will not be back soon. */
const PAUSES_MS = [2 * MINUTE, 10 * MINUTE, 60 * MINUTE];

/** @param add puts a job into the queue. */
export function createRetries(add: (job: Job) => void, pausesMs: readonly number[] = PAUSES_MS): Retries {
  const waiting = new Map<string, NodeJS.Timeout>();
  const tries = new Map<string, { readonly head: string; readonly count: number }>();
  const forget = (key: string) => {
    clearTimeout(waiting.get(key));
    waiting.delete(key);
  };
  return {
    later(job) {
      const key = keyOf(job);
      forget(key);
      const before = tries.get(key);
      const count = before?.head === job.head ? before.count : 0;
      const pause = pausesMs[count];
      if (pause === undefined) return;
      tries.set(key, { head: job.head, count: count + 1 });
      const timer = setTimeout(() => {
        waiting.delete(key);
        add(job);
      }, pause);
      // It keeps no process alive: what is left undone is told as not validated.
      waiting.set(key, timer.unref());
    },
    done(job) {
      forget(keyOf(job));
      tries.delete(keyOf(job));
    },
    close() {
      for (const timer of waiting.values()) clearTimeout(timer);
      waiting.clear();
    },
  };
}
