import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { GitError } from './error.ts';
import { failure, type GitCall, runGit } from './git.ts';
import { openRepository, type Repository, repositoryAt } from './repository.ts';
import { findWorktree, userConfiguration, type Worktree } from './worktree.ts';

/** By this name the repository of {@link openUncommitted} knows the commit. No revision of Git is called so. */
export const UNCOMMITTED = ':uncommitted';

/**
 * Opens the repository that a folder belongs to with one commit more, which stands on `HEAD` and has the files as they
 * are on the disk: those that are tracked, and new ones that are not ignored. The commit and its objects are in a
 * temporary folder, which is removed on closing; nothing is written to the user's repository. Files go through the filters
 * that `git add` would use.
 * https://git-scm.com/docs/git#_environment_variables (GIT_OBJECT_DIRECTORY, GIT_INDEX_FILE)
 * @throws {GitError} as `openRepository` does, or where there are no files.
 */
export async function openUncommitted(dir: string): Promise<Repository> {
  const worktree = await findWorktree(dir);
  if (worktree === null)
    throw new GitError('not-a-repository', `\`${dir}\` has no files checked out; name a commit with --head.`);
  const own = await openRepository(dir);
  const folder = await mkdtemp(path.join(tmpdir(), 'hydrant-worktree-'));
  const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 3 });
  try {
    const head = await own.resolve('HEAD');
    await borrowObjects(folder, worktree);
    const commit = await commitFiles(folder, { worktree, head });
    const more = repositoryAt({ gitDir: folder, headDir: folder });
    const resolve = async (revision: string) =>
      [UNCOMMITTED, commit].includes(revision) ? commit : own.resolve(revision);
    return {
      ...more,
      resolve,
      defaultBranch: () => own.defaultBranch(),
      remoteUrls: () => own.remoteUrls(),
      mergeBase: async (one, other) => more.mergeBase(await resolve(one), await resolve(other)),
      close: async () => {
        await Promise.all([own.close(), more.close()]);
        await remove();
      },
    };
  } catch (error) {
    await Promise.all([own.close(), remove()]);
    throw error;
  }
}

/** Makes a repository that has, besides its own objects, those of the user's. */
async function borrowObjects(folder: string, { gitDir }: Worktree): Promise<void> {
  await git(['init', '--quiet', '--bare', '--template=', folder], { cwd: folder });
  await git(['config', 'core.bare', 'true'], { gitDir: folder });
  const alternates = path.join(folder, 'objects', 'info', 'alternates');
  await writeFile(alternates, `${path.join(gitDir, 'objects')}\n`);
  // Where the history is cut, it is cut here as well.
  await copyFile(path.join(gitDir, 'shallow'), path.join(folder, 'shallow')).catch(() => undefined);
}

async function commitFiles(
  folder: string,
  { worktree, head }: { readonly worktree: Worktree; readonly head: string },
): Promise<string> {
  const index = path.join(folder, 'index');
  // What it knows of the files spares reading those that have not changed.
  await copyFile(path.join(worktree.headDir, 'index'), index);
  const call = {
    cwd: worktree.root,
    env: {
      ...userConfiguration(),
      ...AUTHOR,
      GIT_INDEX_FILE: index,
      GIT_OBJECT_DIRECTORY: path.join(folder, 'objects'),
    },
  };
  // Git LFS keeps what it is given, and would do so in the user's repository.
  const settings = ['core.splitIndex=false', `lfs.storage=${path.join(folder, 'lfs')}`];
  await git([...settings.flatMap((one) => ['-c', one]), 'add', '--all'], call);
  const tree = await git(['write-tree'], call);
  return git(['commit-tree', tree, '-p', head, '-m', 'Uncommitted changes'], call);
}

const AUTHOR = {
  GIT_AUTHOR_NAME: 'hydrant',
  GIT_AUTHOR_EMAIL: 'hydrant@localhost',
  GIT_COMMITTER_NAME: 'hydrant',
  GIT_COMMITTER_EMAIL: 'hydrant@localhost',
};

async function git(args: readonly string[], call: GitCall): Promise<string> {
  const result = await runGit(args, call);
  if (result.exitCode !== 0) throw failure(args, result);
  return result.stdout.toString().trim();
}
