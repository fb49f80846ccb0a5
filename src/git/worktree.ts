import { access } from 'node:fs/promises';
import path from 'node:path';
import { findRepository } from './findRepository.ts';
import { failure, type GitCall, runGit } from './git.ts';
import { withoutOwnFilters } from './ownFilters.ts';
import { pathName, splitNul } from './pathName.ts';

/** The files of a clone as they stand on the disk. */
export interface Worktree {
  /** The folder that all paths are relative to. */
  readonly root: string;
  readonly headDir: string;
  readonly gitDir: string;
}

/**
 * Finds the files that a clone has checked out; null of a bare repository, and of one whose files were never
 * checked out.
 * @throws {GitError} as `findRepository` does.
 */
export async function findWorktree(dir: string): Promise<Worktree | null> {
  const folders = await findRepository(dir);
  const { exitCode, stdout } = await runGit(['rev-parse', '--show-toplevel'], { cwd: dir });
  if (exitCode !== 0) return null;
  const hasIndex = await access(path.join(folders.headDir, 'index')).then(
    () => true,
    () => false,
  );
  return hasIndex ? { root: stdout.toString().replace(/\n$/, ''), ...folders } : null;
}

/** The paths that differ from the commit that is checked out: changed, staged, removed or new, and not ignored. */
export async function uncommittedPaths({ root }: Worktree): Promise<string[]> {
  const args = ['status', '--porcelain', '-z', '--no-renames', '--untracked-files=all'];
  const env = userConfiguration();
  const own = await withoutOwnFilters(root, env);
  const { exitCode, stdout, stderr } = await runGit(args, { cwd: root, env: { ...env, ...own } });
  if (exitCode !== 0) throw failure(args, { exitCode, stdout, stderr });
  // `XY path`: https://git-scm.com/docs/git-status#_short_format
  return [...splitNul(stdout)].map((entry) => pathName(entry.subarray(3)));
}

/**
 * What makes Git heed the user's own configuration, such as `core.excludesFile` and filters: the files are the user's,
 * and are to be read as `git add` would.
 */
export function userConfiguration(env: NodeJS.ProcessEnv = process.env): NonNullable<GitCall['env']> {
  const { HOME, XDG_CONFIG_HOME, GIT_CONFIG_GLOBAL } = env;
  return { HOME, XDG_CONFIG_HOME, GIT_CONFIG_GLOBAL, GIT_CONFIG_NOSYSTEM: undefined };
}
