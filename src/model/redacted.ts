import { createHmac, randomBytes } from 'node:crypto';
import { inspect } from 'node:util';

/** What stands wherever a Secret's value would have stood. */
export const REDACTED_TEXT = '<redacted>';

/**
 * Marks a value that the engine has already replaced: `hydrant.redacted/<hex digest>`.
 * The engine computes the digest with the key that the client gives it, so that equal
 * values compare equal on both sides of the protocol.
 */
export const REDACTED_PREFIX = 'hydrant.redacted/';

/**
 * A Secret's value that cannot be printed. It only knows a digest, keyed per process
 * run, so that base and head can be compared; every way to turn it into text gives
 * {@link REDACTED_TEXT}.
 */
export class Redacted {
  readonly #digest: string;

  constructor(digest: string) {
    this.#digest = digest;
  }

  equals(other: Redacted): boolean {
    return this.#digest === other.#digest;
  }

  toString(): string {
    return REDACTED_TEXT;
  }

  toJSON(): string {
    return REDACTED_TEXT;
  }

  [inspect.custom](): string {
    return REDACTED_TEXT;
  }
}

/**
 * Replaces values by {@link Redacted}. One redactor serves one review (both commits), so
 * that digests are comparable inside the review and worthless outside of it.
 */
export class Redactor {
  /** Hex text of the HMAC-SHA256 key; goes to the engine and nowhere else. */
  readonly key: string;

  constructor(key: string = randomBytes(32).toString('hex')) {
    this.key = key;
    Object.defineProperty(this, 'key', { enumerable: false });
  }

  /** A value as it stands in a document, or the engine's token for one. */
  redact(value: string): Redacted {
    if (value.startsWith(REDACTED_PREFIX)) return new Redacted(value.slice(REDACTED_PREFIX.length));
    return new Redacted(createHmac('sha256', this.key).update(value).digest('hex'));
  }
}
