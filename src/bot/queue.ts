import { setMaxListeners } from 'node:events';
import type { Endings } from './endings.ts';
import { FairTurns } from './fairTurns.ts';
import { type Job, keyOf } from './job.ts';
import { Stopped } from './stopped.ts';

/** Does a part of a job when the reviews before it have ended and there is a place for it. */
export type InTurn = (part: () => Promise<void>) => Promise<void>;

/**
 * Does a job: at once what no place is needed for, and the rest in its turn. It ends early, with the signal's
 * reason, when the signal is aborted.
 */
export type Work = (job: Job, signal: AbortSignal, inTurn: InTurn) => Promise<void>;

export interface QueueOptions {
  readonly concurrency?: number;
  readonly onClose?: () => void;
  /** How the reviews before came to their ends; without it, nobody is doubted. */
  readonly endings?: Pick<Endings, 'doubts'>;
}

/** A job that waits or runs. */
interface UnderWay {
  readonly job: Job;
  readonly controller: AbortController;
  readonly done: Promise<void>;
}

/**
 * Reviews that wait in this process: one per pull request, the newest head wins. A newer
 * job stops the older one and has its turn when that has ended, so that nothing old is written
 * over anything new. Reviews of one repository never take all places, nor do those of all
 * repositories together whose reviews exceed their limits.
 */
export class ReviewQueue {
  readonly #turns: FairTurns;
  readonly #work: Work;
  readonly #current = new Map<string, UnderWay>();
  readonly #onClose: (() => void) | undefined;
  readonly #endings: Pick<Endings, 'doubts'> | undefined;
  #closed = false;

  constructor(work: Work, options: QueueOptions = {}) {
    this.#work = work;
    this.#onClose = options.onClose;
    this.#endings = options.endings;
    this.#turns = new FairTurns(options.concurrency ?? 4);
  }

  add(job: Job): void {
    if (this.#closed) return;
    const key = keyOf(job);
    const before = this.#current.get(key);
    if (before !== undefined && isUnderWay(job, before)) return;
    before?.controller.abort(new Stopped('superseded'));
    const controller = new AbortController();
    // Every target that waits or renders listens to it.
    setMaxListeners(0, controller.signal);
    const done = this.#run(job, controller.signal, before?.done);
    this.#current.set(key, { job, controller, done });
    void done.finally(() => {
      if (this.#current.get(key)?.controller === controller) this.#current.delete(key);
    });
  }

  /** True while a job for the key waits or runs. */
  has(key: string): boolean {
    return this.#current.has(key);
  }

  /** Waits until what waits or runs for the key now has ended. */
  async ended(key: string): Promise<void> {
    await this.#current.get(key)?.done;
  }

  /** Stops what is under way for a pull request. */
  stop(key: string): void {
    this.#current.get(key)?.controller.abort(new Stopped('closed'));
  }

  /** Waits until nothing is left to do. */
  async idle(): Promise<void> {
    while (this.#current.size > 0) await Promise.all([...this.#current.values()].map(({ done }) => done));
  }

  /** Stops everything and takes nothing more. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#onClose?.();
    for (const { controller } of this.#current.values()) controller.abort(new Stopped('shutdown'));
    await this.idle();
  }

  async #run(job: Job, signal: AbortSignal, before: Promise<void> | undefined): Promise<void> {
    const name = `${job.owner}/${job.repo}`.toLowerCase();
    const doubted = () => this.#endings?.doubts(job) ?? false;
    await this.#work(job, signal, async (part) => {
      await before;
      await this.#turns.take({ name, doubted }, part);
    });
    await before;
  }
}

/** True for an event that comes once more while it is handled. */
function isUnderWay({ head, since, again }: Job, { job, controller }: UnderWay): boolean {
  return again !== true && head === job.head && since === job.since && !controller.signal.aborted;
}
