import type { ChangedPath } from '../model/snapshot.ts';
import { table } from '../model/table.ts';
import { GitError } from './error.ts';
import { failure, runGit } from './git.ts';
import { pathName, splitNul } from './pathName.ts';

/** The id of the tree without entries; git knows it in every repository. */
const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/**
 * The files, symlinks and submodules that differ between two commits, by path.
 * @param base null: all that the head has is added, as for a first commit.
 * @throws {GitError} `object-missing` where one of the commits is not in the repository.
 */
export async function listChangedPaths(
  gitDir: string,
  base: string | null,
  head: string,
): Promise<ChangedPath[]> {
  const args = ['diff-tree', '-r', '-z', '--no-renames', '--name-status', '--ignore-submodules=none'];
  args.push('--end-of-options', base ?? EMPTY_TREE, head);
  const result = await runGit(args, { gitDir });
  if (result.exitCode !== 0) {
    if (!/bad object|unable to read|unknown revision/i.test(result.stderr)) throw failure(args, result);
    throw new GitError('object-missing', `Commit ${base ?? ''} or ${head} is not wholly in the repository.`);
  }
  const changes: ChangedPath[] = [];
  let status = '';
  for (const part of splitNul(result.stdout)) {
    if (status === '') status = part.toString();
    else {
      changes.push({ path: pathName(part), change: CHANGES[status] ?? 'changed' });
      status = '';
    }
  }
  return changes;
}

/** https://git-scm.com/docs/git-diff-tree: M (modified) and T (another type of file) are changes. */
const CHANGES = table<ChangedPath['change']>({ A: 'added', D: 'removed' });
