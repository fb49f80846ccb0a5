/** A commit, in full or shortened as Git shows it. */
const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64}|(?=[0-9a-f]*\d)[0-9a-f]{7,39})$/;

/** A version, or a range of them, as tags have it: `v1.2.3`, `1.2`, `1.*`, `>=1.0.0 <2`, `^1.2`. */
const VERSION = /^(?:[~^=<>!].*|v?(?:\d+|[xX*])(?:\.(?:\d+|[xX*])){1,2}(?:[-+ ].*)?|v\d+|\*)$/;

/** As {@link COMMIT}, but not what the name of a branch may be as well. */
const SURE = /^(?:[0-9a-f]{40}|[0-9a-f]{64}|refs\/tags\/.+)$/;

/** Whether a revision means a tag by its version. */
export function isVersion(revision: string): boolean {
  return VERSION.test(revision);
}

/** Whether a revision is surely not what the pull request changes, also where the base branch's name is not known. */
export function isOtherRevision(revision: string, branch: string | null): boolean {
  return branch === null ? SURE.test(revision) : whyNotFollowed(revision, branch) !== null;
}

/**
 * Null where a Git source's `targetRevision` follows what the pull request changes, else why
 * it does not. Where the base branch's name is not known, every name of a branch counts.
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/tracking_strategies/
 */
export function whyNotFollowed(revision: string, branch: string | null): string | null {
  if (revision === '' || revision === 'HEAD') return null;
  const name = revision.replace(/^refs\/heads\//, '');
  if (branch !== null && name === branch) return null;
  if (COMMIT.test(revision) || VERSION.test(revision) || revision.startsWith('refs/tags/')) {
    return `it is pinned to revision ${revision}; this pull request does not change it until it is moved there`;
  }
  if (branch === null) return null;
  return `it follows the branch ${name}; this pull request goes into ${branch} and does not change it`;
}
