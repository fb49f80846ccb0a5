import { GitError } from './error.ts';
import { runGit } from './git.ts';

/**
 * The full id of the commit that a revision names: a branch, tag, (abbreviated) id,
 * `HEAD~2`, ... https://git-scm.com/docs/gitrevisions
 * @throws {GitError} `unknown-revision`, or `empty-repository` where there is no commit at all.
 */
export async function resolveRevision(gitDir: string, revision: string): Promise<string> {
  const id = await findRevision(gitDir, revision);
  if (id !== null) return id;
  if (!(await hasCommits(gitDir))) {
    throw new GitError('empty-repository', 'The repository has no commit yet; make one first.');
  }
  const ways = (await isShallow(gitDir))
    ? 'This clone is shallow: fetch the rest with `git fetch --unshallow` (actions/checkout: `fetch-depth: 0`).'
    : 'Fetch it first, or name another branch, tag or commit.';
  throw new GitError('unknown-revision', `The repository has no commit \`${revision}\`. ${ways}`);
}

/**
 * The default branch as a full reference: what the remote `origin` says, else `main`, else
 * `master`, the remote's before the local one.
 * @throws {GitError} `no-default-branch`, or `empty-repository`.
 */
export async function findDefaultBranch(gitDir: string): Promise<string> {
  for (const reference of await candidates(gitDir)) {
    if ((await findRevision(gitDir, reference)) !== null) return reference;
  }
  if (!(await hasCommits(gitDir))) {
    throw new GitError('empty-repository', 'The repository has no commit yet; make one first.');
  }
  throw new GitError(
    'no-default-branch',
    'The repository has no branch `main` or `master` and its remote names no default branch; name the commit to compare with.',
  );
}

/** Those of the references by which a default branch is known that there are, the surest first. */
async function candidates(gitDir: string): Promise<string[]> {
  const names = ['main', 'master'].flatMap((name) => [`refs/remotes/origin/${name}`, `refs/heads/${name}`]);
  const args = ['for-each-ref', '--format=%(refname) %(symref)', REMOTE_HEAD, ...names];
  const { stdout } = await runGit(args, { gitDir });
  const found = new Map(
    stdout
      .toString()
      .split('\n')
      .map((line): [string, string] => [line.split(' ', 1)[0] ?? '', line.slice(line.indexOf(' ') + 1)]),
  );
  const named = found.get(REMOTE_HEAD) ?? '';
  return [...(named === '' ? [] : [named]), ...names.filter((name) => found.has(name))];
}

const REMOTE_HEAD = 'refs/remotes/origin/HEAD';

/**
 * The best common ancestor of two commits, or null where they have none.
 * @throws {GitError} `no-merge-base-in-shallow-clone` where a shallow clone cannot tell.
 */
export async function findMergeBase(gitDir: string, one: string, other: string): Promise<string | null> {
  const isNamed = [one, other].every((revision) => revision !== '' && !revision.includes('\0'));
  if (isNamed) {
    const result = await runGit(['merge-base', '--end-of-options', one, other], { gitDir });
    const id = result.stdout.toString().trim();
    if (isObjectId(id)) return id;
  }
  // Either there is none, or one of the two is no commit.
  for (const revision of [one, other]) await resolveRevision(gitDir, revision);
  if (await isShallow(gitDir)) {
    throw new GitError(
      'no-merge-base-in-shallow-clone',
      'This clone is shallow and does not reach back to where the branches part: fetch the rest with `git fetch --unshallow` (actions/checkout: `fetch-depth: 0`).',
    );
  }
  return null;
}

/** True for a full object id in lower-case hex. */
export function isObjectId(text: string): boolean {
  return /^[0-9a-f]{40}$/.test(text);
}

async function findRevision(gitDir: string, revision: string): Promise<string | null> {
  // No argument of a process can hold a NUL, and no name in Git does.
  if (revision === '' || revision.includes('\0')) return null;
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`];
  const { stdout } = await runGit(args, { gitDir });
  const id = stdout.toString().trim();
  // `^main` would be answered with the id that it excludes.
  return isObjectId(id) ? id : null;
}

async function hasCommits(gitDir: string): Promise<boolean> {
  const { stdout } = await runGit(['rev-list', '--all', '--max-count=1'], { gitDir });
  if (stdout.length > 0) return true;
  return (await findRevision(gitDir, 'HEAD')) !== null;
}

async function isShallow(gitDir: string): Promise<boolean> {
  const { stdout } = await runGit(['rev-parse', '--is-shallow-repository'], { gitDir });
  return stdout.toString().trim() === 'true';
}
