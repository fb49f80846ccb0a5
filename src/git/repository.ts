import type { AddedHistory } from '../model/history.ts';
import type { ChangedPath, Snapshot } from '../model/snapshot.ts';
import { addedHistory } from './addedHistory.ts';
import { BlobCache } from './blobCache.ts';
import { listChangedPaths } from './changedPaths.ts';
import { findRepository, type RepositoryFolders } from './findRepository.ts';
import { ObjectReader } from './objectReader.ts';
import { remoteUrls } from './remoteUrls.ts';
import { findDefaultBranch, findMergeBase, resolveRevision } from './revision.ts';
import { openSnapshot } from './snapshot.ts';

/** The commits and files of one Git repository, read only. Failures are `GitError`s. */
export interface Repository {
  /** The folder that has the `objects`. */
  readonly gitDir: string;
  /** The full commit id of a branch, tag, abbreviated id, `HEAD~2`, ... */
  resolve(revision: string): Promise<string>;
  /** The default branch as a full reference, such as `refs/remotes/origin/main`. */
  defaultBranch(): Promise<string>;
  /** The best common ancestor of two revisions; null where they have none. */
  mergeBase(one: string, other: string): Promise<string | null>;
  /** A commit's files; `commit` is a full id. */
  snapshot(commit: string): Promise<Snapshot>;
  /** What differs between two commits (full ids); with base null all is added. */
  changedPaths(base: string | null, head: string): Promise<ChangedPath[]>;
  /** What the commits that a head has and a base has not (full ids) bring into history. */
  addedHistory(base: string, head: string): Promise<AddedHistory>;
  /** The addresses of the remotes, as they are when it is first asked for them. */
  remoteUrls(): Promise<string[]>;
  /** Ends the reading process; unfinished reads fail. */
  close(): Promise<void>;
}

/**
 * Opens the repository that a folder belongs to: a clone or a folder in it, a linked
 * worktree, a bare repository. Nothing is checked out, changed, fetched or executed.
 * @throws {GitError} `not-a-repository`, `unsupported-repository`, `git-missing`.
 */
export async function openRepository(dir: string): Promise<Repository> {
  return repositoryAt(await findRepository(dir));
}

/**
 * The repository in a folder that is known to be one.
 * @param folders.graphDir the repository that knows the commits' parents; itself by default.
 */
export function repositoryAt(folders: RepositoryFolders & { readonly graphDir?: string }): Repository {
  const { gitDir, headDir, graphDir = gitDir } = folders;
  const objects = new ObjectReader(gitDir);
  const blobs = new BlobCache();
  let remotes: Promise<string[]> | undefined;
  const snapshot = (commit: string) => openSnapshot({ gitDir, objects, blobs }, commit);
  return {
    gitDir,
    resolve: (revision) => resolveRevision(headDir, revision),
    defaultBranch: () => findDefaultBranch(gitDir),
    mergeBase: (one, other) => findMergeBase(headDir, one, other),
    snapshot,
    changedPaths: (base, head) => listChangedPaths(objects, base, head),
    addedHistory: (base, head) => addedHistory({ objects, graphDir, snapshot }, base, head),
    remoteUrls: () => (remotes ??= remoteUrls(gitDir)),
    close: () => objects.close(),
  };
}
