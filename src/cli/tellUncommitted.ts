import { findWorktree, uncommittedPaths } from '../git/worktree.ts';
import { oneName } from '../report/visible.ts';
import { count, someOf } from '../report/words.ts';
import { credentialsIn } from '../secrets/detectors.ts';
import { withoutParts } from '../secrets/hiding/hider.ts';
import { complain } from './complain.ts';

/** Says on stderr which files have changes that are in no commit, because nobody reviews those. */
export async function tellUncommitted(repo: string): Promise<void> {
  const worktree = await findWorktree(repo);
  const paths = worktree === null ? [] : await uncommittedPaths(worktree);
  if (paths.length === 0) return;
  const names = someOf(paths.map((file) => oneName(file, 200)));
  const shown = withoutParts(names, await credentialsIn(names));
  const have = paths.length === 1 ? 'has' : 'have';
  complain(
    `${count(paths.length, 'file')} ${have} changes that are not committed and not reviewed (${shown}); --worktree reviews them`,
  );
}
