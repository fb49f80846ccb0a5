import PQueue from 'p-queue';
import { ArchiveSupply, type NamesArchives } from './archiveSupply.ts';
import { limited } from './limited.ts';
import { EngineEnded, EngineProcess } from './process.ts';
import type { Messages, Method } from './protocol/messages.ts';

/** How engine processes are run. */
export interface ProcessOptions {
  /** As many as there may be at once. */
  readonly size: number;
  /** Bytes that one may hold. */
  readonly memoryLimitBytes: number;
  /** The engine's path, where it is not the built one. */
  readonly binary?: string | undefined;
  /** Hears of processes that ended in the middle of a request. */
  readonly onEnded?: ((error: Error) => void) | undefined;
}

/** How long a request may take, and what has to be brought for it. */
export interface RequestOptions {
  readonly timeout: number;
  readonly signal?: AbortSignal | undefined;
  /** Where the request names archives. */
  readonly names?: NamesArchives | undefined;
}

/**
 * Engine processes that are started when first needed and kept. Each serves one request at
 * a time, because kustomize keeps global state and so that a time-out, a crash or too much
 * memory is known to be that one request's: its process is replaced, the others go on.
 */
export class EngineProcesses {
  readonly #options: ProcessOptions;
  readonly #queue: PQueue;
  readonly #idle: EngineProcess[] = [];
  readonly #all = new Set<EngineProcess>();
  readonly #archives = new ArchiveSupply();

  constructor(options: ProcessOptions) {
    this.#options = options;
    this.#queue = new PQueue({ concurrency: options.size });
  }

  /**
   * Sends a request to a process that has nothing else to do.
   * @throws {TimedOut} and {EngineEnded} where it gets no answer; what an abort's signal says.
   */
  async request<M extends Method>(
    method: M,
    params: Messages[M]['params'],
    { timeout, signal, names }: RequestOptions,
  ): Promise<Messages[M]['reply']> {
    const ask = async (process: EngineProcess) => {
      if (names !== undefined) await this.#archives.bring(process, names);
      return process.request(method, params);
    };
    return this.#queue.add(
      async () => {
        signal?.throwIfAborted();
        const process = this.#take();
        try {
          return await limited(ask(process), timeout, signal);
        } catch (error) {
          if (error instanceof EngineEnded) this.#options.onEnded?.(error);
          // Whatever it still does for this request would be the next one's wait.
          await process.kill();
          throw error;
        } finally {
          this.#giveBack(process);
        }
      },
      signal === undefined ? {} : { signal },
    );
  }

  /** Ends all processes. Requests that still run fail. */
  async close(): Promise<void> {
    this.#queue.clear();
    await Promise.all([...this.#all].map((process) => process.kill()));
    this.#all.clear();
    this.#idle.length = 0;
  }

  #take(): EngineProcess {
    const idle = this.#idle.pop();
    if (idle?.alive === true) return idle;
    const process = new EngineProcess(this.#options);
    this.#all.add(process);
    return process;
  }

  #giveBack(process: EngineProcess): void {
    if (process.alive) this.#idle.push(process);
    else this.#all.delete(process);
  }
}
