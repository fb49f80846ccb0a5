import type { Facts } from './facts.ts';

export type EntryKind = 'file' | 'symlink' | 'directory' | 'submodule';

/** One entry of a commit's tree. `path` has no leading slash and uses `/`. */
export interface TreeEntry {
  readonly path: string;
  readonly kind: EntryKind;
  /** Git object id, in hex. */
  readonly oid: string;
}

/** One commit's tree, read from the Git object database; there is never a checkout. */
export interface Snapshot {
  /** Folder of the Git object database's repository (`.git`, or a bare mirror). */
  readonly gitDir: string;
  /** Full commit id, in hex. */
  readonly commit: string;
  /** When it was committed, in seconds since 1970, as the commit itself says. */
  readonly committedAt: number;
  /** Every file, symlink, submodule and directory of the tree, by path, in Git's order. */
  readonly entries: ReadonlyMap<string, TreeEntry>;
  /**
   * A file's bytes. A symlink is not followed.
   * @throws {Error} where the tree has no such file.
   */
  read(path: string): Promise<Uint8Array>;
  /** What is kept of files by their content. */
  readonly facts?: Facts | undefined;
}

/** Files by path: a commit's, or others in its form. */
export type Files = Pick<Snapshot, 'entries' | 'read'>;

/** How a path differs between two commits. A rename is one removed and one added path. */
export interface ChangedPath {
  readonly path: string;
  readonly change: 'added' | 'changed' | 'removed';
}
