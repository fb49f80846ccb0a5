import PQueue from 'p-queue';
import { PolicyWorkers, type Running } from './policyWorkers.ts';
import type { Answer, Evaluation, Question } from './worker/messages.ts';

export interface Limits {
  /** Milliseconds that one entrypoint may take for one input; 5,000 by default. */
  readonly timeoutMs: number;
  /** Milliseconds that one entrypoint may take for all inputs together; a minute by default. */
  readonly totalMs: number;
  /** Bytes that the policies may use while they are evaluated; 256 MiB by default. */
  readonly memoryBytes: number;
}

const DEFAULT_LIMITS: Limits = { timeoutMs: 5_000, totalMs: 60_000, memoryBytes: 2 ** 28 };

/** What the worker may take while it evaluates nothing: to start, and to read what it is asked. */
const START_MS = 30_000;

/** The worker had to be ended, or ended itself, while it evaluated an entrypoint. */
class Stopped extends Error {
  readonly entrypoint: number;

  constructor(message: string, entrypoint: number) {
    super(message);
    this.entrypoint = entrypoint;
  }
}

/** Workers are shared by all evaluators of this process: to start one takes longer than to evaluate. */
const WORKERS = new PolicyWorkers();

/** Evaluates one WebAssembly module; for each input one evaluation per entrypoint. */
export class Evaluator {
  readonly #wasm: Uint8Array;
  readonly #entrypoints: readonly string[];
  readonly #limits: Limits;
  readonly #queue = new PQueue({ concurrency: 1 });
  /** Entrypoints that took their worker down, and how. They are not asked again. */
  readonly #stopped = new Map<number, string>();
  readonly #subject: string;
  readonly #workers: PolicyWorkers;
  /** Milliseconds that each entrypoint took so far. */
  #spent: readonly number[] = [];

  /**
   * @param options.subject what an input is, for the messages; `resource` by default.
   * @param options.workers those of this process by default.
   */
  constructor(options: {
    wasm: Uint8Array;
    entrypoints: readonly string[];
    limits?: Partial<Limits>;
    subject?: string;
    workers?: PolicyWorkers;
  }) {
    this.#wasm = options.wasm;
    this.#entrypoints = options.entrypoints;
    this.#limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.#subject = options.subject ?? 'resource';
    this.#workers = options.workers ?? WORKERS;
  }

  /**
   * An entrypoint that never ends, or that brings its thread down, has an error for every
   * input; the others are evaluated.
   * @param inputs JSON texts.
   * @param data JSON text of an object. Where the worker has it from the call before, it is not read again.
   * @throws {Error} when the module cannot be evaluated at all.
   */
  async evaluate(inputs: readonly string[], data: string): Promise<Evaluation[][]> {
    return this.#queue.add(async () => {
      const rows = await this.#untilNoneIsStopped(inputs, data);
      return rows.map((row) => row.map((evaluation, index) => this.#failure(index) ?? evaluation));
    });
  }

  async #untilNoneIsStopped(inputs: readonly string[], data: string): Promise<Evaluation[][]> {
    for (;;) {
      try {
        return await this.#ask(inputs, data);
      } catch (error) {
        if (!(error instanceof Stopped) || error.entrypoint < 0) throw error;
        this.#stopped.set(error.entrypoint, error.message);
      }
    }
  }

  #failure(entrypoint: number): Evaluation | undefined {
    const error = this.#stopped.get(entrypoint);
    return error === undefined ? undefined : { error };
  }

  async #ask(inputs: readonly string[], data: string): Promise<Evaluation[][]> {
    const { timeoutMs, totalMs, memoryBytes } = this.#limits;
    const running = this.#workers.take({ wasm: this.#wasm, memoryBytes, data });
    const question = {
      entrypoints: this.#entrypoints,
      spent: this.#spent,
      totalMs,
      inputs,
      skipped: [...this.#stopped.keys()],
      ...(running.data === data ? {} : { data }),
    };
    try {
      const tooLong = `it took longer than ${timeoutMs / 1000} s on one ${this.#subject}`;
      const { rows, spent } = await answerOf(running, question, { timeoutMs, tooLong });
      this.#spent = spent;
      this.#workers.giveBack({ ...running, data });
      return rows;
    } catch (error) {
      await running.worker.terminate();
      throw error;
    }
  }
}

function answerOf(
  { worker, progress }: Running,
  question: Question,
  { timeoutMs, tooLong }: { readonly timeoutMs: number; readonly tooLong: string },
): Promise<Answer> {
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
    function answer(given: Answer) {
      done();
      resolve(given);
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
