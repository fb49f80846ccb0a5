/** Whose work it is. */
export interface Owner {
  readonly name: string;
  /** Asked when a place is free: true where the work may well never end. */
  readonly doubted?: () => boolean;
}

/** Work that waits for a place. */
interface Waiting {
  readonly owner: Owner;
  readonly start: (doubted: boolean) => void;
}

/**
 * Places for work, shared fairly by whoever has it done: the next place goes to who has fewest, and
 * the last one to nobody who has all others, nor to one who is doubted where the doubted have all
 * others together. So work that never ends stops nobody else's.
 */
export class FairTurns {
  readonly #places: number;
  readonly #most: number;
  readonly #waiting: Waiting[] = [];
  readonly #held = new Map<string, number>();
  #doubted = 0;

  constructor(places: number) {
    this.#places = places;
    this.#most = Math.max(1, places - 1);
  }

  /** Does work when it has a place. */
  async take<T>(owner: Owner, work: () => Promise<T>): Promise<T> {
    const doubted = await new Promise<boolean>((start) => {
      this.#waiting.push({ owner, start });
      this.#give();
    });
    try {
      return await work();
    } finally {
      this.#count(owner, doubted, -1);
      this.#give();
    }
  }

  #give(): void {
    const taken = [...this.#held.values()].reduce((sum, count) => sum + count, 0);
    const next = taken < this.#places ? this.#next() : undefined;
    if (next === undefined) return;
    this.#waiting.splice(this.#waiting.indexOf(next), 1);
    const doubted = isDoubted(next);
    this.#count(next.owner, doubted, 1);
    next.start(doubted);
    this.#give();
  }

  /** The first of those who have fewest places. */
  #next(): Waiting | undefined {
    const held = ({ owner }: Waiting) => this.#held.get(owner.name) ?? 0;
    const [next] = this.#waiting
      .filter((one) => held(one) < this.#most && (this.#doubted < this.#most || !isDoubted(one)))
      .toSorted((one, other) => held(one) - held(other));
    return next;
  }

  #count({ name }: Owner, doubted: boolean, change: number): void {
    if (doubted) this.#doubted += change;
    const count = (this.#held.get(name) ?? 0) + change;
    if (count === 0) this.#held.delete(name);
    else this.#held.set(name, count);
  }
}

function isDoubted({ owner }: Waiting): boolean {
  return owner.doubted?.() ?? false;
}
