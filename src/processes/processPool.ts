import PQueue from 'p-queue';
import { limited } from './limited.ts';
import { ProcessEnded } from './processEnded.ts';

/** As much of a process as a pool needs. */
export interface PooledProcess {
  readonly alive: boolean;
  kill(): Promise<void>;
}

/** How the processes of a pool are kept. */
export interface PoolOptions<Process> {
  /** As many as there may be at once. */
  readonly size: number;
  readonly start: () => Process;
  /** After so many pieces of work a process is replaced; without it, never. */
  readonly mostUses?: number;
  /** Hears of processes that ended in the middle of their work. */
  readonly onEnded?: ((error: Error) => void) | undefined;
}

/** How long a piece of work may take. */
export interface WorkLimits {
  readonly timeout: number;
  readonly signal?: AbortSignal | undefined;
}

/** Which processes can do a piece of work, where not all can. */
export interface Choice<Process> {
  readonly fits: (process: Process) => boolean;
  /** Starts one that can. */
  readonly start: () => Process;
}

/**
 * Processes that are started when first needed and kept. Each does one piece of work at a time, so
 * that a time-out, a crash or too much memory is known to be that work's: its process is
 * replaced, the others go on.
 */
export class ProcessPool<Process extends PooledProcess> {
  readonly #options: PoolOptions<Process>;
  readonly #queue: PQueue;
  readonly #idle: Process[] = [];
  /** All processes, with how often each was used. */
  readonly #all = new Map<Process, number>();

  constructor(options: PoolOptions<Process>) {
    this.#options = options;
    this.#queue = new PQueue({ concurrency: options.size });
  }

  /**
   * Has work done by a process that has nothing else to do.
   * @throws {TimedOut} and {ProcessEnded} where it comes to no end; what an abort's signal says.
   */
  async use<T>(
    work: (process: Process) => Promise<T>,
    { timeout, signal }: WorkLimits,
    choice: Choice<Process> = { fits: () => true, start: this.#options.start },
  ): Promise<T> {
    return this.#queue.add(
      async () => {
        signal?.throwIfAborted();
        const process = await this.#take(choice);
        try {
          return await limited(work(process), timeout, signal);
        } catch (error) {
          if (error instanceof ProcessEnded) this.#options.onEnded?.(error);
          // Whatever it still does for this work would be the next one's wait.
          await process.kill();
          throw error;
        } finally {
          await this.#giveBack(process);
        }
      },
      signal === undefined ? {} : { signal },
    );
  }

  /** Ends all processes. Work that is still done fails. */
  async close(): Promise<void> {
    this.#queue.clear();
    await Promise.all([...this.#all.keys()].map((process) => process.kill()));
    this.#all.clear();
    this.#idle.length = 0;
  }

  #forgetEnded(): void {
    for (const ended of this.#idle.filter(({ alive }) => !alive)) {
      this.#idle.splice(this.#idle.indexOf(ended), 1);
      this.#all.delete(ended);
    }
  }

  async #take({ fits, start }: Choice<Process>): Promise<Process> {
    this.#forgetEnded();
    const at = this.#idle.findLastIndex(fits);
    const [fitting] = at === -1 ? [] : this.#idle.splice(at, 1);
    if (fitting !== undefined) return fitting;
    // Those that work are fewer than may be at once, so what is too many is idle: the longest idle goes.
    const leaving = this.#all.size < this.#options.size ? undefined : this.#idle.shift();
    if (leaving !== undefined) this.#all.delete(leaving);
    const process = start();
    this.#all.set(process, 0);
    await leaving?.kill();
    return process;
  }

  async #giveBack(process: Process): Promise<void> {
    const uses = (this.#all.get(process) ?? 0) + 1;
    const { mostUses = Number.POSITIVE_INFINITY } = this.#options;
    if (process.alive && uses < mostUses) {
      this.#all.set(process, uses);
      this.#idle.push(process);
      return;
    }
    this.#all.delete(process);
    await process.kill();
  }
}
