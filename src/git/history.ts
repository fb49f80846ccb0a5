import { shallowCommits } from './addedCommits.ts';
import { failure, runGit } from './git.ts';
import { keepingRefspec, keepsNothing, missingCommits } from './keptCommits.ts';
import { fetchFrom, type Remote } from './remote.ts';

/** Commits without any files: a few hundred bytes each, so that history is cheap. */
const COMMITS_ONLY = '--filter=tree:0';

/** How far the first look goes back, and how much further each next one; after them all of it. */
const LOOKS: Looks = { first: 100, further: [400, 1600, 6400] };

interface Looks {
  readonly first: number;
  readonly further: readonly number[];
}

/** The best common ancestor as far as the fetched history tells. */
export interface MergeBase {
  readonly commit: string | null;
  /** False where older history could still tell otherwise. */
  readonly certain: boolean;
}

/**
 * The best common ancestor of two commits, or null where they have none. Fetches commits
 * (without files) into the history repository, only as far back as the answer needs.
 * @throws {GitError} as a fetch does.
 */
export async function fetchMergeBaseHistory(
  { gitDir, remote }: { readonly gitDir: string; readonly remote: Remote },
  commits: readonly [string, string],
  looks: Looks = LOOKS,
): Promise<string | null> {
  const missing = await missingCommits(gitDir, commits);
  if (missing.length > 0) {
    const depth = (await keepsNothing(gitDir)) ? [`--depth=${looks.first}`] : [];
    const refspecs = missing.map(keepingRefspec);
    await fetchFrom(remote, gitDir, { options: [COMMITS_ONLY, ...depth], refspecs });
  }
  for (const depth of [...looks.further.map((count) => `--deepen=${count}`), '--unshallow']) {
    const found = await mergeBaseSoFar(gitDir, commits);
    if (found.certain) return found.commit;
    const refspecs = commits.map(keepingRefspec);
    await fetchFrom(remote, gitDir, { options: [COMMITS_ONLY, depth], refspecs });
  }
  return (await mergeBaseSoFar(gitDir, commits)).commit;
}

/**
 * A common ancestor that shows in shallow history need not be the best one: a way to a
 * better one may be cut. It is certain when no way is cut among the commits that are
 * ancestors of one side and not of the found one.
 */
export async function mergeBaseSoFar(gitDir: string, commits: readonly [string, string]): Promise<MergeBase> {
  const bases = await lines(gitDir, ['merge-base', '--all', ...commits]);
  const cut = await shallowCommits(gitDir);
  const commit = bases[0] ?? null;
  if (cut.size === 0) return { commit, certain: true };
  const aside = await lines(gitDir, ['rev-list', ...commits, '--not', ...bases]);
  return { commit, certain: !aside.some((id) => cut.has(id)) };
}

async function lines(gitDir: string, args: readonly string[]): Promise<string[]> {
  const result = await runGit(args, { gitDir });
  // merge-base says "none" by exit code 1.
  if (result.exitCode > 1) throw failure(args, result);
  return result.stdout
    .toString()
    .split('\n')
    .filter((line) => line !== '');
}
