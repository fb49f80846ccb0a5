import { Worker } from 'node:worker_threads';
import PQueue from 'p-queue';
import { packageFile } from '../../model/packageFile.ts';
import type { Evaluation, Question, WorkerInput } from './worker/messages.ts';

export interface Limits {
  /** Milliseconds that one entrypoint may take for one input; 5,000 by default. */
  readonly timeoutMs: number;
  /** Milliseconds that one entrypoint may take for all inputs together; a minute by default. */
  readonly totalMs: number;
  /** Bytes that the policies may use while they are evaluated; 256 MiB by default. */
  readonly memoryBytes: number;
}

const DEFAULT_LIMITS: Limits = { timeoutMs: 5_000, totalMs: 60_000, memoryBytes: 2 ** 28 };

/** A thread loads its file without what compiles it: the one of the build, whoever asks. */
const WORKER = packageFile('dist/src/checks/policies/worker/worker.js');

/** An idle worker ends after this time, so that policies which are no longer used free their memory. */
const IDLE_MS = 1_000;
/** What the worker may take while it evaluates nothing: to start, and to read what it is asked. */
const START_MS = 30_000;
const PAGE_BYTES = 2 ** 16;

/** The worker had to be ended, or ended itself, while it evaluated an entrypoint. */
class Stopped extends Error {
  readonly entrypoint: number;

  constructor(message: string, entrypoint: number) {
    super(message);
    this.entrypoint = entrypoint;
  }
}

interface Running {
  readonly worker: Worker;
  /** Written by the worker; see worker/worker.ts. */
  readonly progress: Int32Array;
}

/** Evaluates one WebAssembly module; for each input one evaluation per entrypoint. */
export class Evaluator {
  readonly #wasm: Uint8Array;
  readonly #entrypoints: readonly string[];
  readonly #limits: Limits;
  readonly #queue = new PQueue({ concurrency: 1 });
  /** Entrypoints that took their worker down, and how. They are not asked again. */
  readonly #stopped = new Map<number, string>();
  readonly #subject: string;
  #running: Running | undefined;
  /** The data that the running worker has. */
  #loaded: string | undefined;
  #idle: NodeJS.Timeout | undefined;

  /** @param options.subject what an input is, for the messages; `resource` by default. */
  constructor(options: {
    wasm: Uint8Array;
    entrypoints: readonly string[];
    limits?: Partial<Limits>;
    subject?: string;
  }) {
    this.#wasm = options.wasm;
    this.#entrypoints = options.entrypoints;
    this.#limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.#subject = options.subject ?? 'resource';
  }

  /**
   * An entrypoint that never ends, or that brings its thread down, has an error for every
   * input; the others are evaluated.
   * @param inputs JSON texts.
   * @param data JSON text of an object. Where it is the one of the call before, it is not read again.
   * @throws {Error} when the module cannot be evaluated at all.
   */
  async evaluate(inputs: readonly string[], data: string): Promise<Evaluation[][]> {
    return this.#queue.add(async () => {
      clearTimeout(this.#idle);
      const rows = await this.#untilNoneIsStopped(inputs, data);
      this.#idle = setTimeout(() => void this.#end(), IDLE_MS).unref();
      return rows.map((row) => row.map((evaluation, index) => this.#failure(index) ?? evaluation));
    });
  }

  async #untilNoneIsStopped(inputs: readonly string[], data: string): Promise<Evaluation[][]> {
    for (;;) {
      try {
        const skipped = [...this.#stopped.keys()];
        const rows = await this.#ask({ inputs, skipped, ...(this.#loaded === data ? {} : { data }) });
        this.#loaded = data;
        return rows;
      } catch (error) {
        await this.#end();
        if (!(error instanceof Stopped) || error.entrypoint < 0) throw error;
        this.#stopped.set(error.entrypoint, error.message);
      }
    }
  }

  #failure(entrypoint: number): Evaluation | undefined {
    const error = this.#stopped.get(entrypoint);
    return error === undefined ? undefined : { error };
  }

  async #ask(question: Question): Promise<Evaluation[][]> {
    const running = this.#running ?? this.#start();
    running.worker.ref();
    try {
      const { timeoutMs } = this.#limits;
      const tooLong = `it took longer than ${timeoutMs / 1000} s on one ${this.#subject}`;
      return await answerOf(running, question, { timeoutMs, tooLong });
    } finally {
      // An idle worker does not keep Node alive.
      running.worker.unref();
    }
  }

  #start(): Running {
    const progress = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
    progress[1] = -1;
    const worker = new Worker(WORKER, {
      workerData: {
        wasm: this.#wasm,
        entrypoints: this.#entrypoints,
        memoryPages: Math.ceil(this.#limits.memoryBytes / PAGE_BYTES),
        totalMs: this.#limits.totalMs,
        progress,
      } satisfies WorkerInput,
      // No environment, and no flags of the process that embeds it.
      env: {},
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: 256 },
    });
    // An error during an evaluation reaches the caller by another listener; one between two is ignored.
    worker.on('error', () => undefined);
    this.#running = { worker, progress };
    return this.#running;
  }

  async #end(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    this.#loaded = undefined;
    await running?.worker.terminate();
  }
}

function answerOf(
  { worker, progress }: Running,
  question: Question,
  { timeoutMs, tooLong }: { readonly timeoutMs: number; readonly tooLong: string },
): Promise<Evaluation[][]> {
  return new Promise((resolve, reject) => {
    const watch = setInterval(look, Math.max(timeoutMs / 4, 10));
    let seen = { begun: -1, at: 0 };
    const limit = () => (Atomics.load(progress, 1) < 0 ? Math.max(timeoutMs, START_MS) : timeoutMs);
    function look() {
      const begun = Atomics.load(progress, 0);
      if (begun !== seen.begun) seen = { begun, at: Date.now() };
      else if (Date.now() - seen.at >= limit()) fail(tooLong);
    }
    function done() {
      clearInterval(watch);
      worker.off('message', answer).off('error', failed).off('exit', exited);
    }
    function answer(rows: Evaluation[][]) {
      done();
      resolve(rows);
    }
    function fail(message: string) {
      done();
      reject(new Stopped(message, Atomics.load(progress, 1)));
    }
    const failed = (error: Error) => fail(error.message);
    const exited = (code: number) => fail(`its worker ended with code ${code}`);
    worker.on('message', answer).on('error', failed).on('exit', exited);
    worker.postMessage(question);
  });
}
