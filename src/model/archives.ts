import { createHash } from 'node:crypto';

/** A packed chart, named by the digest of its bytes, which {@link Archives} has. */
export interface Archive {
  /** The file's name, for messages. */
  readonly name: string;
  readonly sha256: string;
}

/** The packed charts that render sources name, for as long as a review goes on. */
export class Archives {
  readonly #bytes = new Map<string, Uint8Array>();

  /** Keeps an archive's bytes, once, and tells what a source names it by. */
  add(name: string, bytes: Uint8Array): Archive {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    if (!this.#bytes.has(sha256)) this.#bytes.set(sha256, bytes);
    return { name, sha256 };
  }

  /** @throws {Error} for an archive that was not added. */
  bytesOf(sha256: string): Uint8Array {
    const bytes = this.#bytes.get(sha256);
    if (bytes === undefined) throw new Error(`there is no archive with the digest ${sha256}`);
    return bytes;
  }
}
