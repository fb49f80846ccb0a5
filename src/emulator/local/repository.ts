import path from 'node:path';
import { runGit } from '../git/runGit.ts';
import { commitStream } from './commitStream.ts';
import type { RepositoryFiles } from './files.ts';

export interface CommitOptions {
  /** The branch that moves to the commit; `main` by default. */
  readonly branch?: string;
  /**
   * Revision(s) that it stands on; the first one's files are kept. By default the branch's
   * tip, else main's tip, else none. Null: a first commit.
   */
  readonly parent?: string | readonly string[] | null;
  readonly message?: string;
}

/** A repository on a person's machine, which branches are pushed from. */
export interface LocalRepository {
  /** The clone's folder; the repository itself in a bare one. */
  readonly dir: string;
  /** The folder with the objects. */
  readonly gitDir: string;
  /** Makes a commit and gives its full id. The same calls give the same ids. */
  commit(files: RepositoryFiles, options?: CommitOptions): Promise<string>;
  /** The same for several, each on the one before it; the options are those of the first. */
  commitEach(changes: readonly RepositoryFiles[], options?: CommitOptions): Promise<string[]>;
  /** Runs git in the repository and gives its output without the last line break. */
  git(args: readonly string[], input?: string | Uint8Array): Promise<string>;
}

/**
 * Makes a real, empty Git repository out of an empty folder; its default branch is `main`.
 * Nothing of the user's or the machine's Git configuration counts.
 */
export async function createLocalRepository(
  dir: string,
  options: { readonly bare?: boolean; readonly objectFormat?: 'sha1' | 'sha256' } = {},
): Promise<LocalRepository> {
  const args = ['init', '--quiet', '--template=', '--initial-branch=main'];
  if (options.bare === true) args.push('--bare');
  if (options.objectFormat !== undefined) args.push(`--object-format=${options.objectFormat}`);
  await runLocalGit(dir, args);
  let time = FIRST_COMMIT;
  /** Where the branches stand; unknown after commands that may have moved them. */
  let tips: Map<string, string> | null = new Map();
  const git: LocalRepository['git'] = (gitArgs, input) => {
    tips = null;
    return runLocalGit(dir, gitArgs, input);
  };
  const commitEach: LocalRepository['commitEach'] = async (changes, commitOptions = {}) => {
    const { branch = 'main', message = 'Change files' } = commitOptions;
    const known = tips;
    const parents = await parentsOf((gitArgs) => runLocalGit(dir, gitArgs), known, commitOptions);
    // A history of its own has the same ids however many stand beside it.
    if (parents.length === 0) time = FIRST_COMMIT;
    const streams = changes.map((files, index) => {
      time += 60;
      const on = index === 0 ? parents : [`:${index}`];
      return commitStream(files, { branch, message, parents: on, time, mark: index + 1 });
    });
    const printed = await runLocalGit(dir, ['fast-import', '--quiet', '--force'], Buffer.concat(streams));
    const ids = printed.split('\n');
    known?.set(branch, ids.at(-1) ?? '');
    return ids;
  };
  return {
    dir,
    gitDir: options.bare === true ? dir : path.join(dir, '.git'),
    git,
    commit: async (files, commitOptions) => (await commitEach([files], commitOptions))[0] ?? '',
    commitEach,
  };
}

/** Runs git as a person whose machine has no configuration of Git. */
export async function runLocalGit(
  dir: string,
  args: readonly string[],
  input: string | Uint8Array = '',
): Promise<string> {
  return runGit(dir, args, { input, environment: ENVIRONMENT });
}

const ENVIRONMENT = {
  PATH: process.env.PATH,
  LC_ALL: 'C',
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.com',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.com',
};

/** Seconds since 1970; each commit is a minute later than the one before it. */
const FIRST_COMMIT = 1_700_000_000;

async function parentsOf(
  git: (args: readonly string[]) => Promise<string>,
  known: ReadonlyMap<string, string> | null,
  options: CommitOptions,
): Promise<string[]> {
  const { branch = 'main', parent } = options;
  if (parent === null) return [];
  if (parent !== undefined) {
    const revisions = typeof parent === 'string' ? [parent] : parent;
    return Promise.all(revisions.map((revision) => git(['rev-parse', '--verify', `${revision}^{commit}`])));
  }
  const tips = known ?? (await readTips(git));
  const tip = tips.get(branch) ?? tips.get('main');
  return tip === undefined ? [] : [tip];
}

async function readTips(git: (args: readonly string[]) => Promise<string>): Promise<Map<string, string>> {
  const refs = await git(['for-each-ref', '--format=%(objectname) %(refname:lstrip=2)', 'refs/heads']);
  return new Map(
    refs
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => [line.slice(line.indexOf(' ') + 1), line.slice(0, line.indexOf(' '))]),
  );
}
