/** That a process ended in the middle of a request. */
export class ProcessEnded extends Error {
  /** For want of memory, or whatever else. */
  readonly kind: 'crash' | 'memory';

  /** @param ended.words what it said of errors last */
  constructor(kind: 'crash' | 'memory', { name, words }: { readonly name: string; readonly words: string }) {
    super(`${name} ended (${kind})${words === '' ? '' : `: ${words}`}`);
    this.kind = kind;
  }
}
