import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import {
  createMessageConnection,
  type MessageConnection,
  ResponseError,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import { packageFile } from '../model/packageFile.ts';
import { MEMORY_EXIT_CODE, type Messages, type Method } from './protocol/messages.ts';

/** Why a process ended in the middle of a request. */
export class EngineEnded extends Error {
  readonly kind: 'crash' | 'memory';

  constructor(kind: 'crash' | 'memory', stderr: string) {
    super(`the render engine ended (${kind})${stderr === '' ? '' : `: ${stderr}`}`);
    this.kind = kind;
  }
}

/** As much of the engine's stderr as is kept for the log. */
const STDERR_CHARACTERS = 4096;

/** One engine process. It serves one request after the other; see the pool. */
export class EngineProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #connection: MessageConnection;
  readonly #ended: Promise<EngineEnded>;
  #stderr = '';
  #outOfMemory = false;
  #alive = true;

  /** @throws {Error} where the engine was not built. */
  constructor(options: { readonly binary?: string | undefined; readonly memoryLimitBytes: number }) {
    const binary = options.binary ?? enginePath();
    if (!existsSync(binary))
      throw new Error(`the render engine is missing at ${binary}; run: npm run build:engine`);
    // No environment: nothing of the bot's (tokens, keys) is the engine's business.
    this.#child = spawn(binary, ['-memory-limit', String(options.memoryLimitBytes)], {
      env: {},
      stdio: 'pipe',
    });
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => {
      // The system's own limit; the Go runtime says so first, and then much more.
      this.#outOfMemory ||= /out of memory|cannot allocate memory/.test(text);
      this.#stderr = (this.#stderr + text).slice(-STDERR_CHARACTERS);
    });
    this.#child.stdin.on('error', () => undefined);
    this.#ended = new Promise((resolve) => {
      const end = (code: number | null) => {
        this.#alive = false;
        this.#connection.dispose();
        const memory = code === MEMORY_EXIT_CODE || this.#outOfMemory;
        resolve(new EngineEnded(memory ? 'memory' : 'crash', this.#stderr.trim()));
      };
      this.#child.once('exit', () => {
        this.#alive = false;
      });
      // When all that it said has been read.
      this.#child.once('close', end);
      this.#child.once('error', () => end(null));
    });
    const reader = new StreamMessageReader(this.#child.stdout);
    // Its timer for the rest of a message never ends where the process does, and keeps Node alive.
    reader.partialMessageTimeout = 0;
    this.#connection = createMessageConnection(reader, new StreamMessageWriter(this.#child.stdin));
    this.#connection.onError(() => undefined);
    this.#connection.listen();
    this.rest();
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** Sends a request. @throws {EngineEnded} where the process ends before it answers. */
  async request<M extends Method>(method: M, params: Messages[M]['params']): Promise<Messages[M]['reply']> {
    this.#hold();
    try {
      const answer = this.#connection.sendRequest<Messages[M]['reply']>(method, params);
      const ended = this.#ended.then((error) => Promise.reject(error));
      // A lost connection means that the process is ending; its exit code will say why.
      const lost = (error: unknown) =>
        this.#alive && error instanceof ResponseError ? Promise.reject(error) : ended;
      return await Promise.race([answer.catch(lost), ended]);
    } finally {
      this.rest();
    }
  }

  /** Ends the process, whatever it does, and waits until it is gone. */
  async kill(): Promise<void> {
    if (!this.#alive) return;
    this.#child.ref();
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await gone;
  }

  /** An idle process does not keep Node alive. */
  rest(): void {
    this.#child.unref();
    for (const stream of this.#streams()) stream.unref?.();
  }

  #hold(): void {
    this.#child.ref();
    for (const stream of this.#streams()) stream.ref?.();
  }

  /** A child's pipes are sockets, which its stream types do not tell. */
  #streams(): { ref?: () => void; unref?: () => void }[] {
    return [this.#child.stdin, this.#child.stdout, this.#child.stderr] as {
      ref?: () => void;
      unref?: () => void;
    }[];
  }
}

function enginePath(): string {
  return process.env['HYDRANT_ENGINE'] ?? packageFile('dist/hydrant-engine');
}
