import { runGit } from './runGit.ts';

interface Signature {
  readonly name: string;
  readonly email: string;
  /** ISO 8601. */
  readonly date: string;
}

export interface ReadCommit {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
}

const FORMAT = ['%H', '%T', '%P', '%an', '%ae', '%aI', '%cn', '%ce', '%cI', '%B'].join('%x00');

/** @throws when there is no such commit. */
export async function readCommit(gitDir: string, revision: string): Promise<ReadCommit> {
  const text = await runGit(gitDir, ['log', '-1', `--format=${FORMAT}`, '--end-of-options', revision]);
  const [
    sha = '',
    tree = '',
    parents = '',
    an = '',
    ae = '',
    aI = '',
    cn = '',
    ce = '',
    cI = '',
    message = '',
  ] = text.split('\0');
  return {
    sha,
    tree,
    parents: parents.split(' ').filter((parent) => parent !== ''),
    author: { name: an, email: ae, date: aI },
    committer: { name: cn, email: ce, date: cI },
    message: message.trimEnd(),
  };
}

/** The commit's full id; null when there is none of that name. */
export async function resolveCommit(gitDir: string, revision: string): Promise<string | null> {
  const known = `${gitDir} ${revision}`;
  if (FOUND.has(known)) return revision;
  try {
    const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`];
    const id = await runGit(gitDir, args);
    if (id === revision) FOUND.add(known);
    return id;
  } catch {
    return null;
  }
}

/** Commits that were asked for by their full id, with their repository: nothing is ever removed from one. */
const FOUND = new Set<string>();
