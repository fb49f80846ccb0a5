import type { Facts } from './facts.ts';

/**
 * What one review found out, held back until it is known which of it holds a secret: a value that
 * stands in an operator's object is one once a chart makes a Secret of it.
 */
export class HeldFacts implements Facts {
  readonly #kept: Facts;
  readonly #held = new Map<string, string>();

  /** @param kept what earlier reviews kept. */
  constructor(kept: Facts) {
    this.#kept = kept;
  }

  get(key: string): string | undefined {
    return this.#held.get(key) ?? this.#kept.get(key);
  }

  keep(key: string, text: string): void {
    this.#held.set(key, text);
  }

  /** Keeps what may be kept for later reviews, and forgets the rest. */
  async release(mayBeKept: (key: string, text: string) => Promise<boolean>): Promise<void> {
    for (const [key, text] of this.#held) {
      if (await mayBeKept(key, text)) this.#kept.keep(key, text);
    }
    this.#held.clear();
  }
}
