import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { BatchParser, type GitObject } from './batchParser.ts';
import { GitError, type GitErrorCode } from './error.ts';
import { gitArguments, gitEnvironment } from './git.ts';

type Process = ChildProcessByStdio<Writable, Readable, Readable>;

interface Request {
  readonly oid: string;
  readonly resolve: (object: GitObject) => void;
  readonly reject: (error: Error) => void;
}

/** Many mirrors are read now and then; their processes do not have to wait for it. */
const IDLE_MS = 15_000;

const PARTIAL_CLONE =
  'the repository is a partial clone and does not have it; `git fetch --refetch --no-filter` gets all that is missing';

/**
 * Reads objects through one kept `git cat-file --batch` process, which is started when it
 * is first needed. https://git-scm.com/docs/git-cat-file#_batch_output
 */
export class ObjectReader {
  readonly #gitDir: string;
  readonly #idleMs: number;
  #session: Session | null = null;

  /** @param idleMs after so long without a question the process is ended. */
  constructor(gitDir: string, idleMs: number = IDLE_MS) {
    this.#gitDir = gitDir;
    this.#idleMs = idleMs;
  }

  /**
   * @throws {GitError} `object-missing`, `object-too-large`; `git-failed` where the process dies,
   *   as it does of a damaged object; `aborted` after `close`.
   */
  read(oid: string): Promise<GitObject> {
    if (this.#session === null || this.#session.ended) {
      this.#session = new Session(this.#gitDir, this.#idleMs);
    }
    return this.#session.read(oid);
  }

  /** Ends the process; a later read starts another. Unanswered reads fail. */
  async close(): Promise<void> {
    const session = this.#session;
    this.#session = null;
    await session?.close();
  }
}

/** One process and the reads that wait for its answers, in the order of asking. */
class Session {
  ended = false;
  readonly #process: Process;
  readonly #idleMs: number;
  readonly #waiting: Request[] = [];
  readonly #closed: Promise<void>;
  #idle: NodeJS.Timeout | undefined;
  #words = '';

  constructor(gitDir: string, idleMs: number) {
    this.#idleMs = idleMs;
    this.#process = spawn('git', gitArguments(['cat-file', '--batch'], gitDir), {
      cwd: gitDir,
      env: gitEnvironment(),
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const parser = new BatchParser((answer) => this.#answer(answer));
    this.#process.stdout.on('data', (chunk: Buffer) => {
      try {
        parser.push(chunk);
      } catch (error) {
        this.#fail(error instanceof Error ? error.message : String(error));
      }
    });
    this.#process.stderr.on('data', (chunk: Buffer) => {
      this.#words = (this.#words + chunk.toString()).slice(-2000);
    });
    // A process that dies closes its input first; 'close' below says what happened.
    this.#process.stdin.on('error', () => {});
    this.#closed = new Promise((resolve) => {
      this.#process.once('error', (error) => {
        this.#fail(error.message);
        resolve();
      });
      this.#process.once('close', () => {
        this.#fail(this.#words.trim() || 'the process ended');
        resolve();
      });
    });
  }

  read(oid: string): Promise<GitObject> {
    clearTimeout(this.#idle);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ oid, resolve, reject });
      this.#process.stdin.write(`${oid}\n`);
    });
  }

  async close(): Promise<void> {
    this.#end();
    if (this.#waiting.length > 0) this.#fail('it was closed while reading', 'aborted');
    await this.#closed;
  }

  /** No question can be asked any more; those that were asked are still answered. */
  #end(): void {
    this.ended = true;
    clearTimeout(this.#idle);
    this.#process.stdin.end();
  }

  #answer(answer: GitObject | GitError): void {
    const request = this.#waiting.shift();
    if (answer instanceof GitError) request?.reject(answer);
    else request?.resolve(answer);
    if (this.#waiting.length === 0 && !this.ended) {
      this.#idle = setTimeout(() => this.#end(), this.#idleMs).unref();
    }
  }

  #fail(words: string, told: GitErrorCode = 'git-failed'): void {
    // Git's own words are about what it did not try, and not about what to do.
    const partial = /promisor remote|lazy fetching/.test(words);
    const code = partial ? 'object-missing' : told;
    const reason = partial ? PARTIAL_CLONE : words;
    this.ended = true;
    clearTimeout(this.#idle);
    this.#process.kill();
    for (const { oid, reject } of this.#waiting.splice(0)) {
      reject(new GitError(code, `Could not read the Git object ${oid}: ${reason}.`));
    }
  }
}
