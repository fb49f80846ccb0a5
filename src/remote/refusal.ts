/** Why something is not fetched: a sentence for people, with the address and the way out. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}
