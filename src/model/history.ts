import type { Snapshot } from './snapshot.ts';

/** A file as one commit of a pull request adds or changes it. */
export interface AddedFile {
  /** Full commit id. */
  readonly commit: string;
  readonly path: string;
  /** Git object id of the content. */
  readonly oid: string;
}

/**
 * What the commits of a pull request bring into Git's history, whatever became of it at the
 * head: those that are reachable from the head and not from the base.
 */
export interface AddedHistory {
  /** Commits in an order in which parents come first, each one's files by path. */
  readonly files: readonly AddedFile[];
  /** Why not all of it is there, as a sentence's part; null where it is. */
  readonly gap: string | null;
  /** The files of one of the commits. */
  snapshot(commit: string): Promise<Snapshot>;
}
