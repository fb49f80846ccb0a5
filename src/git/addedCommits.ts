import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { failure, runGit } from './git.ts';

/** As many commits as GitHub lists of a pull request. */
const MOST_COMMITS = 250;

/** A commit of the range with its parents. */
export interface AddedCommit {
  readonly id: string;
  readonly parents: readonly string[];
}

/** Commits that a range adds, parents first, and why some are missing. */
export interface AddedCommits {
  readonly commits: readonly AddedCommit[];
  readonly gap: string | null;
}

/**
 * The commits that are reachable from the head and not from the base. Merges of the base
 * branch bring none of its own.
 * @param graphDir the repository that knows the parents.
 */
export async function listAddedCommits(graphDir: string, base: string, head: string): Promise<AddedCommits> {
  const args = ['rev-list', '--topo-order', '--parents', `--max-count=${MOST_COMMITS + 1}`];
  const result = await runGit([...args, head, `^${base}`], { gitDir: graphDir });
  if (result.exitCode !== 0) throw failure(args, result);
  const found = result.stdout
    .toString()
    .split('\n')
    .filter((line) => line !== '')
    .map((line): AddedCommit => {
      const [id = '', ...parents] = line.split(' ');
      return { id, parents };
    });
  const cut = await shallowCommits(graphDir);
  const whole = found.slice(0, MOST_COMMITS).filter(({ id }) => !cut.has(id));
  return { commits: whole.toReversed(), gap: gapOf(found, cut) };
}

function gapOf(found: readonly AddedCommit[], cut: ReadonlySet<string>): string | null {
  if (found.some(({ id }) => cut.has(id))) {
    return 'the clone is shallow and does not have all of the commits; fetch the rest with `git fetch --unshallow` (actions/checkout: `fetch-depth: 0`)';
  }
  return found.length > MOST_COMMITS
    ? `only the newest ${MOST_COMMITS} commits are searched; split the pull request, or squash its commits`
    : null;
}

/** Commits whose parents were not fetched. https://git-scm.com/docs/shallow */
export async function shallowCommits(gitDir: string): Promise<ReadonlySet<string>> {
  const text = await readFile(path.join(gitDir, 'shallow'), 'utf8').catch(() => '');
  return new Set(text.split('\n').filter((id) => id !== ''));
}
