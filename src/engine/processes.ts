import { ProcessPool, type WorkLimits } from '../processes/processPool.ts';
import { ArchiveSupply } from './archiveSupply.ts';
import { EngineProcess, type ReadableRepository } from './process.ts';
import type { Messages, Method } from './protocol/messages.ts';
import { type NamesInputs, ReadableRepositories } from './readable.ts';

/** How engine processes are run. */
export interface ProcessOptions {
  /** As many as there may be at once. */
  readonly size: number;
  /** Bytes that one may hold. */
  readonly memoryLimitBytes: number;
  /** The engine's path, where it is not the built one. */
  readonly binary?: string | undefined;
  /** The repository that all requests are about, where there is one alone. */
  readonly gitDir?: string | undefined;
  /** Hears of processes that ended in the middle of a request. */
  readonly onEnded?: ((error: Error) => void) | undefined;
}

/** How long a request may take, and what has to be brought for it. */
export interface RequestOptions extends WorkLimits {
  /** Where the request names repositories and archives. */
  readonly names?: NamesInputs | undefined;
}

/**
 * Engine processes. Each serves one request at a time, also because kustomize keeps global state.
 * The kernel lets a process read the repositories that it was started for: a request about
 * another one gets another process.
 */
export class EngineProcesses {
  readonly #pool: ProcessPool<EngineProcess>;
  readonly #readable: ReadableRepositories;
  readonly #archives = new ArchiveSupply();

  readonly #start: (repositories?: readonly ReadableRepository[]) => EngineProcess;

  constructor({ size, onEnded, gitDir, ...options }: ProcessOptions) {
    this.#readable = new ReadableRepositories(gitDir);
    this.#start = (repositories = []) => new EngineProcess({ ...options, repositories });
    this.#pool = new ProcessPool({ size, onEnded, start: this.#start });
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
    const needed = await this.#readable.neededBy(names);
    const choice = {
      fits: (process: EngineProcess) => process.mayRead(needed),
      start: () => this.#start(needed),
    };
    return this.#pool.use(
      async (process) => {
        if (names !== undefined) await this.#archives.bring(process, names);
        return process.request(method, params);
      },
      limits,
      choice,
    );
  }

  /** Ends all processes. Requests that still run fail. */
  async close(): Promise<void> {
    await this.#pool.close();
  }
}
