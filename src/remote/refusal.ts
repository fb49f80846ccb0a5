/** Why something is not fetched: a sentence for people, with the address and the way out. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  /** True for what may go better at the next try, as when a server is down. */
  readonly passes: boolean;

  constructor(message: string, { passes = false }: { readonly passes?: boolean } = {}) {
    super(message);
    this.passes = passes;
  }
}
