/** What is known of a process that ended. */
interface End {
  /** What messages call it. */
  readonly name: string;
  /** Its exit code; null where a signal ended it. */
  readonly code: number | null;
  /** What it said of errors last. */
  readonly words: string;
}

/** That a process ended in the middle of a request. */
export class ProcessEnded extends Error {
  /** For want of memory, or whatever else. */
  readonly kind: 'crash' | 'memory';
  readonly code: number | null;

  constructor(kind: 'crash' | 'memory', { name, code, words }: End) {
    super(`${name} ended (${kind})${words === '' ? '' : `: ${words}`}`);
    this.kind = kind;
    this.code = code;
  }
}
