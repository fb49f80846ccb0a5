import path from 'node:path';
import { listAddedCommits } from './addedCommits.ts';
import { GitError, isGitError } from './error.ts';
import { fetchMergeBaseHistory, mergeBaseSoFar } from './history.ts';
import { keepingRefspec, missingCommits, pruneCommits } from './keptCommits.ts';
import { ensureRepository, mirrorFolder, removeLeftovers, removeRepository } from './mirrorFolder.ts';
import { fetchFrom, type Remote } from './remote.ts';
import { type Repository, repositoryAt } from './repository.ts';
import { isObjectId } from './revision.ts';
import { serially } from './serially.ts';

/** Who fetches: an installation token (null for a public repository), and until when. */
type Access = Pick<Remote, 'token' | 'signal'>;

/**
 * A copy of those commits of a remote repository that were asked for. Two bare
 * repositories make it: one with whole commits, each without its ancestors, and one with
 * commits alone, for merge bases. So neither old files nor more history than needed is
 * ever fetched, and every commit that is there is whole.
 */
export interface Mirror extends Repository, MirrorFolders {
  /**
   * Fetches whole commits (full ids) that are not there yet, and references (`refs/...`),
   * which then resolve by the same name. Without anything to fetch the remote is not asked.
   * @throws {GitError} `unauthorized`, `object-missing`, `fetch-failed`, `aborted`.
   */
  fetch(
    wanted: Access & { readonly commits?: readonly string[]; readonly refs?: readonly string[] },
  ): Promise<void>;
  /**
   * The best common ancestor of two commits (full ids), fetched whole; null where they
   * have none.
   * @throws {GitError} as `fetch` does.
   */
  fetchMergeBase(wanted: Access & { readonly base: string; readonly head: string }): Promise<string | null>;
  /**
   * Fetches the commits that a head has and a base has not (full ids), with the parents that
   * they are compared with, for `addedHistory`.
   * @throws {GitError} as `fetch` does.
   */
  fetchHistory(wanted: Access & { readonly base: string; readonly head: string }): Promise<void>;
  /**
   * Makes the mirror anew where an error of reading it says that it is damaged.
   * @throws the error, which then says so.
   */
  renew(error: unknown): Promise<never>;
  /** Lets go of commits that were fetched so many days ago; they are fetched again if needed. */
  prune(days: number): Promise<void>;
}

/** The two bare repositories of a mirror. */
export interface MirrorFolders {
  /** Has whole commits. */
  readonly gitDir: string;
  /** Has commits alone, with their parents. */
  readonly historyDir: string;
}

/** Opens, or makes, the mirror of a repository in the data folder. Asks the remote nothing. */
export async function openMirror(options: {
  readonly dataDir: string;
  readonly owner: string;
  readonly name: string;
  /** Where to clone from, without credentials. */
  readonly url: string;
}): Promise<Mirror> {
  const { url } = options;
  const folder = mirrorFolder(options.dataDir, options);
  const gitDir = path.join(folder, 'commits.git');
  const historyDir = path.join(folder, 'history.git');
  for (const dir of [gitDir, historyDir]) await serially(dir, () => ensureRepository(dir));

  const repository = readMirror({ gitDir, historyDir });
  const fetch: Mirror['fetch'] = (wanted) => fetchCommits(repository, url, wanted);
  return {
    ...repository,
    historyDir,
    fetch,
    fetchMergeBase: async ({ base, head, ...access }) => {
      const commit = await fetchAncestors(historyDir, { url, ...access }, [base, head]);
      if (commit !== null) await fetch({ commits: [commit], ...access });
      return commit;
    },
    fetchHistory: async ({ base, head, ...access }) => {
      await fetchAncestors(historyDir, { url, ...access }, [base, head]);
      const { commits } = await listAddedCommits(historyDir, base, head);
      await fetch({ commits: commits.flatMap(({ id, parents }) => [id, ...parents]), ...access });
    },
    snapshot: async (commit) => {
      const damaged = (error: unknown) => discard(error, gitDir, repository);
      const snapshot = await repository.snapshot(commit).catch(damaged);
      return { ...snapshot, read: (file) => snapshot.read(file).catch(damaged) };
    },
    renew: (error) => discard(error, gitDir, repository),
    prune: async (days) => {
      for (const dir of [gitDir, historyDir]) await serially(dir, () => pruneCommits(dir, days));
    },
  };
}

/** Reads what a mirror has, in any process: nothing of it is changed. */
export function readMirror({ gitDir, historyDir }: MirrorFolders): Repository {
  const repository = repositoryAt({ gitDir, headDir: gitDir, graphDir: historyDir });
  return {
    ...repository,
    mergeBase: (one, other) => fetchedMergeBase(historyDir, [one, other]),
  };
}

/** Fetches whole commits, each without its ancestors. */
async function fetchCommits(
  repository: Repository,
  url: string,
  { commits = [], refs = [], ...access }: Parameters<Mirror['fetch']>[0],
): Promise<void> {
  assertNames(commits, refs);
  const { gitDir } = repository;
  await repaired(gitDir, repository, async () => {
    const missing = await missingCommits(gitDir, commits);
    const refspecs = [...missing.map(keepingRefspec), ...refs.map((ref) => `+${ref}:${ref}`)];
    if (refspecs.length > 0)
      await fetchFrom({ url, ...access }, gitDir, { options: ['--depth=1'], refspecs });
  });
}

/** Fetches commits alone, back to the best common ancestor of two, which it gives. */
async function fetchAncestors(
  historyDir: string,
  remote: Remote,
  commits: readonly [string, string],
): Promise<string | null> {
  assertNames(commits, []);
  return repaired(historyDir, null, () => fetchMergeBaseHistory({ gitDir: historyDir, remote }, commits));
}

/**
 * Runs a fetch, one at a time for a folder. A repository that turns out to be damaged is
 * made anew, once: all that it has can be fetched again.
 */
async function repaired<T>(gitDir: string, reader: Repository | null, work: () => Promise<T>): Promise<T> {
  return serially(gitDir, async () => {
    await ensureRepository(gitDir);
    await removeLeftovers(gitDir);
    try {
      return await work();
    } catch (error) {
      if (!isGitError(error, 'git-failed')) throw error;
    }
    await rebuild(gitDir, reader);
    return work();
  });
}

async function rebuild(gitDir: string, reader: Repository | null): Promise<void> {
  await reader?.close();
  await removeRepository(gitDir);
  await ensureRepository(gitDir);
}

/** A commit that is there but not whole shows a damaged mirror: the next fetch starts anew. */
async function discard(error: unknown, gitDir: string, repository: Repository): Promise<never> {
  if (isGitError(error, 'object-missing') || isGitError(error, 'git-failed')) {
    await serially(gitDir, () => rebuild(gitDir, repository));
    throw new GitError(
      error.code,
      `${error.message} The mirror was damaged; it is fetched again next time.`,
      {
        cause: error,
      },
    );
  }
  throw error;
}

async function fetchedMergeBase(
  historyDir: string,
  commits: readonly [string, string],
): Promise<string | null> {
  assertNames(commits, []);
  const missing = await missingCommits(historyDir, commits);
  const found =
    missing.length > 0 ? { commit: null, certain: false } : await mergeBaseSoFar(historyDir, commits);
  if (found.certain) return found.commit;
  throw new GitError(
    'object-missing',
    'The history of the two commits is not in the mirror; fetch their merge base.',
  );
}

/** Names come from webhooks; none may be taken for an option, a range or a pattern. */
function assertNames(commits: readonly string[], refs: readonly string[]): void {
  const wrong = commits.find((commit) => !isObjectId(commit)) ?? refs.find((ref) => !REFERENCE.test(ref));
  if (wrong !== undefined) {
    throw new GitError(
      'unknown-revision',
      `\`${wrong}\` is no full commit id and no full reference (refs/...).`,
    );
  }
}

/** https://git-scm.com/docs/git-check-ref-format, in short. */
const REFERENCE =
  /^refs\/(?!.*(?:\.\.|\/\/|@\{|\.lock(?:\/|$)|\/\.))[^\s~^:?*[\\\p{Cc}]+[^\s~^:?*[\\/.\p{Cc}]$/u;
