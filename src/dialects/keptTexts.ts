/** What was made of texts lately, by the texts themselves and how they were read. */
export class KeptTexts<T> {
  readonly #limit: number;
  /** The one that was asked for last stands last. */
  readonly #made = new Map<string, Map<string, T>>();
  #characters = 0;

  /** @param limit so many characters have all its texts together, each counted for each way that it was read. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get(text: string, way: string): T | undefined {
    const made = this.#made.get(text);
    if (made === undefined) return undefined;
    this.#made.delete(text);
    this.#made.set(text, made);
    return made.get(way);
  }

  /** Keeps what was made, where it is not too much, and gives it back. */
  keep(text: string, way: string, one: T): T {
    if (text.length > this.#limit) return one;
    const made = this.#made.get(text) ?? new Map<string, T>();
    this.#made.set(text, made.set(way, one));
    this.#characters += text.length;
    for (const [oldest, ways] of this.#made) {
      if (this.#characters <= this.#limit) break;
      this.#made.delete(oldest);
      this.#characters -= oldest.length * ways.size;
    }
    return one;
  }
}
