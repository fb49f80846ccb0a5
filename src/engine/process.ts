import { existsSync } from 'node:fs';
import { packageFile } from '../model/packageFile.ts';
import { MessageProcess } from '../processes/messageProcess.ts';
import { DEPTH_EXIT_CODE, MEMORY_EXIT_CODE, type Messages } from './protocol/messages.ts';

/** A repository, as the kernel knows it. */
export interface ReadableRepository {
  readonly gitDir: string;
  /** Another one for another folder in the same place, such as a mirror that was made anew. */
  readonly identity: string;
}

/** How a process is started. */
export interface EngineProcessOptions {
  /** The engine's path, where it is not the built one. */
  readonly binary?: string | undefined;
  /** Bytes that it may hold. */
  readonly memoryLimitBytes: number;
  /** What it may read, for as long as it lives; the kernel lets it read nothing else. */
  readonly repositories: readonly ReadableRepository[];
}

/** One engine process. It serves one request after the other; see the pool. */
export class EngineProcess extends MessageProcess<Messages> {
  /** The identities of the repositories that it may read. */
  readonly #readable: ReadonlySet<string>;

  /** @throws {Error} where the engine was not built. */
  constructor(options: EngineProcessOptions) {
    const binary = options.binary ?? enginePath();
    if (!existsSync(binary))
      throw new Error(`the render engine is missing at ${binary}; run: npm run build:engine`);
    super({
      name: 'the render engine',
      command: binary,
      args: [
        '-memory-limit',
        String(options.memoryLimitBytes),
        ...options.repositories.flatMap(({ gitDir }) => ['-repository', gitDir]),
      ],
      // No environment: nothing of the bot's (tokens, keys) is the engine's business.
      env: {},
      isOutOfMemory: (code, stderr) =>
        code === MEMORY_EXIT_CODE ||
        code === DEPTH_EXIT_CODE ||
        // The system's own limit, which the Go runtime tells.
        /out of memory|cannot allocate memory/.test(stderr),
    });
    this.#readable = new Set(options.repositories.map(({ identity }) => identity));
  }

  /** Whether the kernel lets it read all of these. */
  mayRead(repositories: readonly ReadableRepository[]): boolean {
    return repositories.every(({ identity }) => this.#readable.has(identity));
  }
}

/** Where the engine is, or should be. */
export function enginePath(): string {
  return process.env['HYDRANT_ENGINE'] ?? packageFile('dist/hydrant-engine');
}
