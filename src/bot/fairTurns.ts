/** Work that waits for a place. */
interface Waiting {
  readonly owner: string;
  readonly start: () => void;
}

/**
 * Places for work, shared fairly by whoever has it done: the next place goes to who has fewest, and
 * the last one to nobody who has all others, so that work that never ends stops nobody else's.
 */
export class FairTurns {
  readonly #places: number;
  readonly #most: number;
  readonly #waiting: Waiting[] = [];
  readonly #held = new Map<string, number>();

  constructor(places: number) {
    this.#places = places;
    this.#most = Math.max(1, places - 1);
  }

  /** Does work when it has a place. */
  async take<T>(owner: string, work: () => Promise<T>): Promise<T> {
    await new Promise<void>((start) => {
      this.#waiting.push({ owner, start });
      this.#give();
    });
    try {
      return await work();
    } finally {
      this.#count(owner, -1);
      this.#give();
    }
  }

  #give(): void {
    const taken = [...this.#held.values()].reduce((sum, count) => sum + count, 0);
    const next = taken < this.#places ? this.#next() : undefined;
    if (next === undefined) return;
    this.#waiting.splice(this.#waiting.indexOf(next), 1);
    this.#count(next.owner, 1);
    next.start();
    this.#give();
  }

  /** The first of those who have fewest places. */
  #next(): Waiting | undefined {
    const held = ({ owner }: Waiting) => this.#held.get(owner) ?? 0;
    const [next] = this.#waiting
      .filter((one) => held(one) < this.#most)
      .toSorted((one, other) => held(one) - held(other));
    return next;
  }

  #count(owner: string, change: number): void {
    const count = (this.#held.get(owner) ?? 0) + change;
    if (count === 0) this.#held.delete(owner);
    else this.#held.set(owner, count);
  }
}
