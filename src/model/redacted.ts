import { createHmac, randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { openSealed } from './sealed.ts';
import { classOf, contentOf, VALUE_CLASSES, type ValueClass } from './secretValue.ts';

/** What stands wherever a Secret's value would have stood. */
export const REDACTED_TEXT = '<redacted>';

/**
 * Marks a value that the engine has already replaced:
 * `hydrant.redacted/<class>/<hex digest>`. The engine computes the digest with the key that
 * the client gives it, so that equal values compare equal on both sides of the protocol. In
 * other objects than Secrets it may be a part of a text.
 */
export const REDACTED_PREFIX = 'hydrant.redacted/';

const TOKEN = new RegExp(
  `${REDACTED_PREFIX.replace('.', '\\.')}(${VALUE_CLASSES.join('|')})/([0-9a-f]{64})`,
  'g',
);

/**
 * A Secret's value that cannot be printed, or a text with such values in it. It only knows
 * their digests, keyed per process run, so that base and head can be compared; every way to
 * turn it into text gives {@link REDACTED_TEXT} in their place.
 */
export class Redacted {
  readonly #digests: readonly string[];
  readonly #text: string;
  /** The class of the hidden value; of the first one, where a text has several. */
  readonly class: ValueClass;

  constructor(digests: readonly string[], valueClass: ValueClass, text = REDACTED_TEXT) {
    this.#digests = digests;
    this.class = valueClass;
    this.#text = text;
  }

  /** True where the hidden values are equal; what is shown around them may differ. */
  equals(other: Redacted): boolean {
    return this.identity() === other.identity();
  }

  /** A key that is equal for equal values. It differs from run to run, so a report must not contain it. */
  identity(): string {
    return this.#digests.join();
  }

  /** The text with `mark` in place of each hidden value. */
  marked(mark: string): string {
    return this.#text.replaceAll(REDACTED_TEXT, mark);
  }

  toString(): string {
    return this.#text;
  }

  toJSON(): string {
    return this.#text;
  }

  [inspect.custom](): string {
    return this.#text;
  }
}

/** Longer contents are not looked for elsewhere. */
const LONGEST_CONTENT = 256 * 1024;

/**
 * Replaces values by {@link Redacted}. One redactor serves one review (both commits), so
 * that digests are comparable inside the review and worthless outside of it.
 */
export class Redactor {
  /** Hex text of the HMAC-SHA256 key; goes to the engine and nowhere else. */
  readonly key: string;
  /** What was replaced, by its digest: texts that may have to be looked for elsewhere. */
  readonly #contents = new Map<string, string>();
  /** Digests of what is a secret wherever it stands. */
  readonly #secrets = new Set<string>();

  constructor(key: string = randomBytes(32).toString('hex')) {
    this.key = key;
    Object.defineProperty(this, 'key', { enumerable: false });
  }

  /**
   * A value as it stands in a document, or the engine's token for one.
   * @param encoded in base64, as those of `data` are: what counts is inside.
   */
  redact(value: string | Uint8Array, encoded = false): Redacted {
    const read = typeof value === 'string' ? this.read(value) : value;
    if (read instanceof Redacted) return read;
    const content = typeof read === 'string' ? (encoded ? contentOf(read) : Buffer.from(read)) : read;
    const digest = this.digestOf(content);
    const text = Buffer.from(content).toString('utf8');
    if (text.length <= LONGEST_CONTENT) this.#contents.set(digest, text);
    return new Redacted([digest], classOf(text));
  }

  /** What a text is compared by. */
  digestOf(text: string | Uint8Array): string {
    return createHmac('sha256', this.key).update(text).digest('hex');
  }

  /** Learns the values of rendered Secrets, as the engine sealed them. */
  unseal(sealed: string | undefined): void {
    for (const value of openSealed(sealed ?? '', this.key)) this.redact(value);
  }

  /** Learns texts that are secrets wherever they stand, as the engine sealed them. */
  unsealSecrets(sealed: string | undefined): void {
    for (const value of openSealed(sealed ?? '', this.key)) this.#secrets.add(this.redact(value).identity());
  }

  /**
   * The texts of what was replaced, to be looked for where they are copied: those of the given
   * identities, and what is a secret in any case. Nothing else may be done with them.
   */
  contentsOf(identities: Iterable<string>): string[] {
    const wanted = new Set([...identities, ...this.#secrets]);
    return [...wanted].flatMap((digest) => this.#contents.get(digest) ?? []);
  }

  /** The texts of all that was replaced, for what has to be hidden before it is known what is a secret. */
  allContents(): string[] {
    return [...this.#contents.values()];
  }

  /** Hides parts of a text, or further parts of one. The parts have to be sorted by their start. */
  hide(
    from: string | Redacted,
    parts: readonly { readonly start: number; readonly end: number }[],
  ): Redacted {
    const text = String(from);
    let shown = '';
    let at = 0;
    const digests: string[] = from instanceof Redacted ? [from.identity()] : [];
    for (const { start, end } of parts) {
      if (start < at) continue;
      shown += text.slice(at, start) + REDACTED_TEXT;
      digests.push(this.digestOf(text.slice(start, end)));
      at = end;
    }
    return new Redacted(digests, from instanceof Redacted ? from.class : 'plain', shown + text.slice(at));
  }

  /** Reads a text that the engine sent: `Redacted` where it contains tokens, else the text itself. */
  read(text: string): string | Redacted {
    if (!text.includes(REDACTED_PREFIX)) return text;
    const tokens = [...text.matchAll(TOKEN)];
    const [first] = tokens;
    if (first === undefined) return text;
    const digests = tokens.map(([, , digest]) => digest ?? '');
    // The expression has the classes.
    return new Redacted(digests, first[1] as ValueClass, text.replaceAll(TOKEN, REDACTED_TEXT));
  }
}
