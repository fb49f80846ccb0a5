import { stat } from 'node:fs/promises';
import path from 'node:path';
import { GitError } from './error.ts';
import { failure, runGit } from './git.ts';

/** Where a repository keeps its things; the two differ in a linked worktree. */
export interface RepositoryFolders {
  /** What this clone or worktree has checked out (`HEAD`). */
  readonly headDir: string;
  /** The objects, branches and configuration. */
  readonly gitDir: string;
}

/**
 * Finds the repository that a folder belongs to: a clone, a folder in one, a linked
 * worktree, a bare repository.
 * @throws {GitError} `not-a-repository`, `unsupported-repository`, `git-missing`.
 */
export async function findRepository(dir: string): Promise<RepositoryFolders> {
  const cwd = path.resolve(dir);
  const folder = await stat(cwd).catch(() => null);
  if (folder?.isDirectory() !== true) {
    throw new GitError('not-a-repository', `\`${dir}\` is not a folder; name a folder of a Git clone.`);
  }
  const args = ['rev-parse', '--absolute-git-dir', '--git-common-dir', '--show-object-format'];
  const result = await runGit(args, { cwd });
  if (result.exitCode !== 0) {
    if (!/not a git repository/i.test(result.stderr)) throw failure(args, result);
    throw new GitError(
      'not-a-repository',
      `\`${dir}\` is not in a Git repository; name a folder of a clone.`,
    );
  }
  const [headDir = '', commonDir = '', format = ''] = result.stdout.toString().split('\n');
  if (format !== 'sha1') {
    throw new GitError(
      'unsupported-repository',
      `The repository of \`${dir}\` names its objects by ${format.toUpperCase()}; Hydrant reads SHA-1 repositories only.`,
    );
  }
  return { headDir, gitDir: path.resolve(cwd, commonDir) };
}
