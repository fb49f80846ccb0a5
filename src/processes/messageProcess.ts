import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import {
  createMessageConnection,
  type MessageConnection,
  ResponseError,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import { ProcessEnded } from './processEnded.ts';

/** What each method of a process takes and answers. */
export type MessagesOf<All> = { readonly [Method in keyof All]: { params: object; reply: unknown } };

/** A program that answers requests, and how it is run. */
export interface Program {
  /** What messages call it, such as `the render engine`. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** All that it gets of the environment. */
  readonly env: NodeJS.ProcessEnv;
  /** Pipes besides those of its input, output and errors, by their numbers from 3 on. */
  readonly pipes?: number;
  /** True: it leads a group of processes, and whatever it starts ends with it. */
  readonly leadsGroup?: boolean;
  /** Whether it ended for want of memory. @param stderr what it said of errors lately */
  readonly isOutOfMemory: (code: number | null, stderr: string) => boolean;
}

/** As much of a process's errors as is kept for the log. */
const STDERR_CHARACTERS = 4096;

/** A process that speaks JSON-RPC over its input and output. It serves one request after the other; see the pool. */
export class MessageProcess<Messages extends MessagesOf<Messages>> {
  readonly child: ChildProcess;
  protected readonly connection: MessageConnection;
  readonly #program: Program;
  readonly #ended: Promise<ProcessEnded>;
  #stderr = '';
  #outOfMemory = false;
  #alive = true;

  constructor(program: Program) {
    this.#program = program;
    this.child = spawn(program.command, [...program.args], optionsOf(program));
    const { stdin, stdout } = this.#pipes();
    this.#keepErrors();
    stdin.on('error', () => undefined);
    for (const pipe of this.child.stdio.slice(3)) pipe?.on('error', () => undefined);
    this.#ended = this.#end();
    const reader = new StreamMessageReader(stdout);
    // Its timer for the rest of a message never ends where the process does, and keeps Node alive.
    reader.partialMessageTimeout = 0;
    this.connection = createMessageConnection(reader, new StreamMessageWriter(stdin));
    this.connection.onError(() => undefined);
    this.connection.listen();
    this.rest();
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** Sends a request. @throws {ProcessEnded} where the process ends before it answers. */
  async request<M extends keyof Messages & string>(
    method: M,
    params: Messages[M]['params'],
  ): Promise<Messages[M]['reply']> {
    this.#hold();
    try {
      const answer = this.connection.sendRequest<Messages[M]['reply']>(method, params);
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
    this.child.ref();
    const gone = once(this.child, 'exit');
    this.#signal();
    await gone;
  }

  /** An idle process does not keep Node alive. */
  rest(): void {
    this.child.unref();
    for (const stream of this.#streams()) stream.unref?.();
  }

  #hold(): void {
    this.child.ref();
    for (const stream of this.#streams()) stream.ref?.();
  }

  #keepErrors(): void {
    this.#pipes()
      .stderr.setEncoding('utf8')
      .on('data', (text: string) => {
        // The first words tell what is missing; much more may come after them.
        this.#outOfMemory ||= this.#program.isOutOfMemory(null, text);
        this.#stderr = (this.#stderr + text).slice(-STDERR_CHARACTERS);
      });
  }

  #end(): Promise<ProcessEnded> {
    const { name, isOutOfMemory, leadsGroup } = this.#program;
    return new Promise((resolve) => {
      const end = (code: number | null) => {
        this.#alive = false;
        this.connection.dispose();
        const memory = this.#outOfMemory || isOutOfMemory(code, '');
        resolve(new ProcessEnded(memory ? 'memory' : 'crash', { name, code, words: this.#stderr.trim() }));
      };
      this.child.once('exit', () => {
        this.#alive = false;
        // What it started must not outlive it, nor keep its pipes open.
        if (leadsGroup === true) this.#signal();
      });
      // When all that it said has been read.
      this.child.once('close', end);
      this.child.once('error', () => end(null));
    });
  }

  #signal(): void {
    const { pid } = this.child;
    if (this.#program.leadsGroup !== true || pid === undefined) {
      this.child.kill('SIGKILL');
      return;
    }
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // The whole group is gone.
    }
  }

  /** Each is a pipe, as {@link optionsOf} says. */
  #pipes(): { stdin: Writable; stdout: Readable; stderr: Readable } {
    const { stdin, stdout, stderr } = this.child;
    if (stdin === null || stdout === null || stderr === null) throw new Error('a process has no pipes');
    return { stdin, stdout, stderr };
  }

  /** A child's pipes are sockets, which its stream types do not tell. */
  #streams(): { ref?: () => void; unref?: () => void }[] {
    return this.child.stdio.filter((stream) => stream !== null && stream !== undefined) as {
      ref?: () => void;
      unref?: () => void;
    }[];
  }
}

function optionsOf({ env, pipes = 0, leadsGroup = false }: Program): SpawnOptions {
  return { env, stdio: Array.from({ length: 3 + pipes }, () => 'pipe'), detached: leadsGroup };
}
