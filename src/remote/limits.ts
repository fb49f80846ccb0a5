const MB = 1024 * 1024;

/** How much is fetched, and how long it may take. */
export interface Limits {
  /** Of one chart or file with all that it takes: index, token, redirects, tries. */
  readonly totalMs: number;
  readonly connectMs: number;
  /** Further tries after a server's failure or a broken connection. */
  readonly retries: number;
  /** Of a Helm repository's `index.yaml`. */
  readonly indexBytes: number;
  /** Of a packed chart. */
  readonly chartBytes: number;
  /** Of a single file. */
  readonly fileBytes: number;
  /** Of one commit of a Git repository, packed. */
  readonly repositoryBytes: number;
}

export const DEFAULT_LIMITS: Limits = {
  totalMs: 60_000,
  connectMs: 10_000,
  retries: 2,
  indexBytes: 64 * MB,
  chartBytes: 32 * MB,
  fileBytes: 8 * MB,
  repositoryBytes: 64 * MB,
};

/** A size for people. */
export function shownSize(bytes: number): string {
  return bytes >= MB ? `${Math.floor(bytes / MB)} MB` : `${bytes} bytes`;
}
