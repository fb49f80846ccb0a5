import { Worker } from 'node:worker_threads';
import PQueue from 'p-queue';
import { packageFile } from '../../model/packageFile.ts';

/** What one entrypoint says of one input: the members of its set, or why there is none. */
export type Evaluation = { readonly results: readonly unknown[] } | { readonly error: string };

/** Evaluates one WebAssembly module; for each input one evaluation per entrypoint. */
export class Evaluator {
  readonly #wasm: Uint8Array;
  readonly #entrypoints: readonly string[];
  readonly #timeoutMs: number;
  readonly #queue = new PQueue({ concurrency: 1 });
  #worker: Worker | undefined;

  constructor(options: { wasm: Uint8Array; entrypoints: readonly string[]; timeoutMs: number }) {
    this.#wasm = options.wasm;
    this.#entrypoints = options.entrypoints;
    this.#timeoutMs = options.timeoutMs;
  }

  /**
   * @param inputs JSON texts.
   * @throws {Error} when it takes longer than the limit, or the worker dies; the next call
   *   starts anew.
   */
  async evaluate(inputs: readonly string[], data: object): Promise<Evaluation[][]> {
    return this.#queue.add(() => this.#run(inputs, data));
  }

  async #run(inputs: readonly string[], data: object): Promise<Evaluation[][]> {
    const worker = this.#worker ?? this.#start();
    worker.ref();
    try {
      return await answerOf(worker, { inputs, data }, this.#timeoutMs);
    } catch (error) {
      this.#worker = undefined;
      await worker.terminate();
      throw error;
    } finally {
      // An idle worker does not keep Node alive.
      worker.unref();
    }
  }

  #start(): Worker {
    this.#worker = new Worker(packageFile('src/checks/policies/worker.mjs'), {
      workerData: { wasm: this.#wasm, entrypoints: this.#entrypoints },
      // No environment, and no flags of the process that embeds it.
      env: {},
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: 256 },
    });
    return this.#worker;
  }
}

function answerOf(worker: Worker, question: object, timeoutMs: number): Promise<Evaluation[][]> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => fail(new Error(`it took longer than ${timeoutMs / 1000} s`)), timeoutMs);
    const done = () => {
      clearTimeout(timer);
      worker.off('message', answer).off('error', fail).off('exit', exit);
    };
    const answer = (message: Evaluation[][]) => {
      done();
      resolve(message);
    };
    const fail = (error: Error) => {
      done();
      reject(error);
    };
    const exit = (code: number) => fail(new Error(`its worker ended with code ${code}`));
    worker.on('message', answer).on('error', fail).on('exit', exit);
    worker.postMessage(question);
  });
}
