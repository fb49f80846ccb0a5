import { digestOf } from './digestOf.ts';
import type { RenderSource } from './renderSource.ts';

/**
 * A source with its key, which is equal for sources that are equal, in whatever order their
 * fields stand; hidden values count. Only {@link keyed} makes one. A copy with other fields
 * (`{ ...source, values }`) is a source without a key, so that no key can tell of another source
 * than its own.
 */
export type KeyedSource = RenderSource & Keyed;

/** Reads a source once, so that it need not be read again to compare it with others. */
export function keyed(source: RenderSource): KeyedSource {
  // Its fields are the source's: the constructor copies all of them.
  return new Keyed(source) as KeyedSource;
}

class Keyed {
  readonly #key: string;

  constructor(source: RenderSource) {
    Object.assign(this, source);
    this.#key = digestOf(source);
  }

  get key(): string {
    return this.#key;
  }
}
