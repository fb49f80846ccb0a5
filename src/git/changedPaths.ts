import type { ChangedPath } from '../model/snapshot.ts';
import { changedEntries } from './changedEntries.ts';
import { GitError, isGitError } from './error.ts';
import type { ObjectReader } from './objectReader.ts';

/**
 * The files, symlinks and submodules that differ between two commits, by path.
 * @param base null: all that the head has is added, as for a first commit.
 * @throws {GitError} `object-missing` where one of the commits is not in the repository.
 */
export async function listChangedPaths(
  objects: Pick<ObjectReader, 'read'>,
  base: string | null,
  head: string,
): Promise<ChangedPath[]> {
  const entries = await changedEntries(objects, [base, head]).catch((error: unknown) => {
    if (!isGitError(error, 'object-missing')) throw error;
    const message = `Commit ${base ?? ''} or ${head} is not wholly in the repository.`;
    throw new GitError('object-missing', message, { cause: error });
  });
  return entries.map(({ path, before, after }) => ({
    path,
    change: before === null ? 'added' : after === null ? 'removed' : 'changed',
  }));
}
