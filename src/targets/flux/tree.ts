import path from 'node:path';
import type { Mount, OtherCommit } from '../../model/renderSource.ts';
import type { Snapshot } from '../../model/snapshot.ts';

/** The files that a source gives: all of the commit under review, or all of another repository's. */
export interface SourceTree {
  /** Where they stand; null: where the commit has them. */
  readonly mounts: readonly Mount[] | null;
  /** Patterns of files that are left out, besides those of `.sourceignore` files. */
  readonly ignore: string | null;
  /** False: nothing tells that it is this repository but that no other is known. */
  readonly certain: boolean;
  /** Undefined where the files are of the commit under review. */
  readonly other?: { readonly snapshot: Snapshot; readonly repository: OtherCommit } | undefined;
}

/** A path inside a source's tree; `..` ends at its root, as Flux joins paths. `.` is the root. */
export function pathInTree(text: string): string {
  return path.posix.normalize(`/${text}`).replace(/^\/+|\/+$/g, '') || '.';
}

/** A path below a folder, where `.` is the root. */
export function below(folder: string, rest: string): string {
  return pathInTree(`${folder}/${rest}`);
}
