/** Contents are kept up to this many bytes in all, and one takes at most a quarter of it. */
const MAX_BYTES = 16 * 1024 * 1024;

/** The most recently used file contents by object id; base and head share most of them. */
export class BlobCache {
  readonly #blobs = new Map<string, Uint8Array>();
  #bytes = 0;

  get(oid: string): Uint8Array | undefined {
    const blob = this.#blobs.get(oid);
    if (blob === undefined) return undefined;
    this.#blobs.delete(oid);
    this.#blobs.set(oid, blob);
    return blob;
  }

  set(oid: string, blob: Uint8Array): void {
    if (blob.length > MAX_BYTES / 4 || this.#blobs.has(oid)) return;
    this.#blobs.set(oid, blob);
    this.#bytes += blob.length;
    for (const [oldest, { length }] of this.#blobs) {
      if (this.#bytes <= MAX_BYTES) break;
      this.#blobs.delete(oldest);
      this.#bytes -= length;
    }
  }
}
