/**
 * What can go wrong with Git, for callers that act on it:
 * - `git-missing`: there is no git program, or one that is too old.
 * - `not-a-repository`, `empty-repository`, `unsupported-repository`: about the folder.
 * - `unknown-revision`, `no-default-branch`, `no-merge-base-in-shallow-clone`: about names and history.
 * - `object-missing`: a commit, tree or blob that is not there (any more), here or at the remote.
 * - `object-too-large`: a file above the limit that Hydrant reads into memory.
 * - `output-too-large`: git prints more than its caller reads.
 * - `tree-too-large`: a commit with more files and folders than are listed.
 * - `unauthorized`: the remote refuses the token, or hides the repository from it.
 * - `fetch-failed`: the remote cannot be reached or failed; trying later may help.
 * - `aborted`: by the caller's signal, or by closing the repository.
 * - `git-failed`: git failed in a way that has no code of its own; the message has git's own words.
 */
export type GitErrorCode =
  | 'git-missing'
  | 'not-a-repository'
  | 'empty-repository'
  | 'unsupported-repository'
  | 'unknown-revision'
  | 'no-default-branch'
  | 'no-merge-base-in-shallow-clone'
  | 'object-missing'
  | 'object-too-large'
  | 'unauthorized'
  | 'fetch-failed'
  | 'aborted'
  | 'output-too-large'
  | 'tree-too-large'
  | 'git-failed';

/** A problem with Git. The message is for people; it never holds a token. */
export class GitError extends Error {
  override readonly name = 'GitError';
  readonly code: GitErrorCode;

  constructor(code: GitErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** True for a {@link GitError}, of a certain code where one is given. */
export function isGitError(error: unknown, code?: GitErrorCode): error is GitError {
  return error instanceof GitError && (code === undefined || error.code === code);
}
