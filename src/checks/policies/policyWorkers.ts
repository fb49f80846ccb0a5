import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { packageFile } from '../../model/packageFile.ts';
import type { WorkerInput } from './worker/messages.ts';

/** A thread with compiled policies. */
export interface Running {
  readonly worker: Worker;
  /** Written by the worker; see worker/worker.ts. */
  readonly progress: Int32Array;
  /** What its policies are, and what they may use. */
  readonly key: string;
  /** JSON text of the data that it has read. */
  readonly data: string | undefined;
}

export interface WantedWorker {
  readonly wasm: Uint8Array;
  /** Bytes that the policies may use while they are evaluated. */
  readonly memoryBytes: number;
  /** JSON text of the data that it will be asked with. */
  readonly data: string;
}

/** A thread loads its file without what compiles it: the one of the build, whoever asks. */
const WORKER = packageFile('dist/src/checks/policies/worker/worker.js');

/**
 * An idle worker ends after this time, so that policies which are no longer used free their memory. The questions
 * of one review have such pauses while it renders, and reviews follow each other.
 */
const IDLE_MS = 10_000;
const PAGE_BYTES = 2 ** 16;

/**
 * Workers that wait for the next question. Equal policies need a worker only once, whichever
 * review asks: a worker keeps nothing of a question but the data, which it can read anew.
 */
export class PolicyWorkers {
  /** The longest idle one first. */
  readonly #idle = new Set<Idle>();
  readonly #idleMs: number;

  /** @param idleMs after so long without a question a worker is ended. */
  constructor(idleMs: number = IDLE_MS) {
    this.#idleMs = idleMs;
  }

  /** An idle worker of these policies, best with these data; otherwise a new one. It keeps Node alive. */
  take({ wasm, memoryBytes, data }: WantedWorker): Running {
    const key = keyOf(wasm, memoryBytes);
    const fitting = [...this.#idle].filter(({ running }) => running.key === key);
    const found = fitting.find(({ running }) => running.data === data) ?? fitting.at(-1);
    if (found === undefined) return start({ wasm, memoryBytes, key });
    clearTimeout(found.timer);
    found.running.worker.off('exit', found.ended).ref();
    this.#idle.delete(found);
    return found.running;
  }

  /** Only one that answered: whoever asked ends any other. An idle worker does not keep Node alive. */
  giveBack(running: Running): void {
    running.worker.unref();
    const ended = () => void this.#idle.delete(one);
    const timer = setTimeout(() => {
      ended();
      void running.worker.terminate();
    }, this.#idleMs).unref();
    const one: Idle = { running, timer, ended };
    this.#idle.add(one);
    running.worker.once('exit', ended);
  }
}

interface Idle {
  readonly running: Running;
  /** Ends it, if nobody takes it. */
  readonly timer: NodeJS.Timeout;
  /** Forgets it, as where it ended by itself: it is not to be asked. */
  readonly ended: () => void;
}

/** By the policies' bytes, which are digested once. */
const DIGESTS = new WeakMap<Uint8Array, string>();

function keyOf(wasm: Uint8Array, memoryBytes: number): string {
  const digest = DIGESTS.get(wasm) ?? createHash('sha256').update(wasm).digest('hex');
  DIGESTS.set(wasm, digest);
  return `${digest} ${memoryBytes}`;
}

function start({ wasm, memoryBytes, key }: Omit<WantedWorker, 'data'> & { readonly key: string }): Running {
  const progress = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
  progress[1] = -1;
  const worker = new Worker(WORKER, {
    workerData: {
      wasm,
      memoryPages: Math.ceil(memoryBytes / PAGE_BYTES),
      progress,
    } satisfies WorkerInput,
    // No environment, and no flags of the process that embeds it.
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  });
  // An error during an evaluation reaches the caller by another listener; one between two is ignored.
  worker.on('error', () => undefined);
  return { worker, progress, key, data: undefined };
}
