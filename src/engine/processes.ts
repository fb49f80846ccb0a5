import { ProcessPool, type WorkLimits } from '../processes/processPool.ts';
import { ArchiveSupply, type NamesArchives } from './archiveSupply.ts';
import { EngineProcess } from './process.ts';
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
export interface RequestOptions extends WorkLimits {
  /** Where the request names archives. */
  readonly names?: NamesArchives | undefined;
}

/** Engine processes. Each serves one request at a time, also because kustomize keeps global state. */
export class EngineProcesses {
  readonly #pool: ProcessPool<EngineProcess>;
  readonly #archives = new ArchiveSupply();

  constructor({ size, onEnded, ...options }: ProcessOptions) {
    this.#pool = new ProcessPool({ size, onEnded, start: () => new EngineProcess(options) });
  }

  /**
   * Sends a request to a process that has nothing else to do.
   * @throws {TimedOut} and {ProcessEnded} where it gets no answer; what an abort's signal says.
   */
  async request<M extends Method>(
    method: M,
    params: Messages[M]['params'],
    { names, ...limits }: RequestOptions,
  ): Promise<Messages[M]['reply']> {
    return this.#pool.use(async (process) => {
      if (names !== undefined) await this.#archives.bring(process, names);
      return process.request(method, params);
    }, limits);
  }

  /** Ends all processes. Requests that still run fail. */
  async close(): Promise<void> {
    await this.#pool.close();
  }
}
