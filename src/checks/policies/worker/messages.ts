// What the evaluator and its worker say to each other.

/** What a worker is started with. */
export interface WorkerInput {
  readonly wasm: Uint8Array;
  readonly memoryPages: number;
  /**
   * How many evaluations were begun, and the entrypoint of the running one (-1 between them),
   * for the one who watches from outside.
   */
  readonly progress: Int32Array;
}

/** What a worker is asked. It keeps nothing of it but the data. */
export interface Question {
  readonly entrypoints: readonly string[];
  /** Milliseconds that each entrypoint took before, for whoever asks. */
  readonly spent: readonly number[];
  /** Milliseconds that one entrypoint may take for all inputs together. */
  readonly totalMs: number;
  /** JSON; only where it differs from the question before. */
  readonly data?: string;
  /** JSON texts. */
  readonly inputs: readonly string[];
  /** Numbers of entrypoints that are not evaluated. */
  readonly skipped: readonly number[];
}

/** What a worker answers. */
export interface Answer {
  /** For each input one evaluation for each entrypoint. */
  readonly rows: Evaluation[][];
  /** As in the question, and what this one took. */
  readonly spent: readonly number[];
}

/** What one entrypoint says of one input: the members of its set, or why there are none. */
export type Evaluation = { readonly results: readonly unknown[] } | { readonly error: string };
