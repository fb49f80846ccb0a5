import { setMaxListeners } from 'node:events';
import { FairTurns } from './fairTurns.ts';
import { type Job, keyOf } from './job.ts';
import { Stopped } from './stopped.ts';

/** Does a job; it ends early, with the signal's reason, when the signal is aborted. */
export type Work = (job: Job, signal: AbortSignal) => Promise<void>;

/**
 * Reviews that wait in this process: one per pull request, the newest head wins. A newer
 * job stops the older one and starts when that has ended, so that nothing old is written
 * over anything new. Reviews of one repository never take all places.
 */
export class ReviewQueue {
  readonly #turns: FairTurns;
  readonly #work: Work;
  readonly #current = new Map<string, { controller: AbortController; done: Promise<void> }>();
  readonly #onClose: (() => void) | undefined;
  #closed = false;

  constructor(work: Work, options: { readonly concurrency?: number; readonly onClose?: () => void } = {}) {
    this.#work = work;
    this.#onClose = options.onClose;
    this.#turns = new FairTurns(options.concurrency ?? 4);
  }

  add(job: Job): void {
    if (this.#closed) return;
    const key = keyOf(job);
    const before = this.#current.get(key);
    before?.controller.abort(new Stopped('superseded'));
    const controller = new AbortController();
    // Every target that waits or renders listens to it.
    setMaxListeners(0, controller.signal);
    const done = this.#run(job, controller.signal, before?.done);
    this.#current.set(key, { controller, done });
    void done.finally(() => {
      if (this.#current.get(key)?.controller === controller) this.#current.delete(key);
    });
  }

  /** True while a job for the key waits or runs. */
  has(key: string): boolean {
    return this.#current.has(key);
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
    await before;
    const repository = `${job.owner}/${job.repo}`.toLowerCase();
    await this.#turns.take(repository, () => this.#work(job, signal));
  }
}
