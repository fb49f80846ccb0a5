/** Archives for the renders to come, which name them by their digests. */
export interface KeepArchivesParams {
  /** The bytes of each in base64. */
  readonly archives: readonly string[];
  /** Digests (sha256) of all that the next render reads: none of them is dropped for another. */
  readonly needed: readonly string[];
}

/** What the process holds by now. It drops those that were not read for the longest time. */
export interface KeepArchivesReply {
  /** Their digests. */
  readonly held: readonly string[];
}
