import { ErrorCodes, ResponseError } from 'vscode-jsonrpc/node';
import { GitError, isGitError } from '../git/error.ts';
import type { ErrorData } from './messages.ts';

/** An error as it leaves a review's process. */
export function toResponseError(error: unknown): ResponseError<ErrorData> {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  const data = { stack, ...(isGitError(error) && { git: error.code }) };
  return new ResponseError(ErrorCodes.InternalError, message, data);
}

/** The error that {@link toResponseError} was given, as far as anybody acts on it. */
export function fromResponseError(error: unknown): unknown {
  if (!(error instanceof ResponseError)) return error;
  // The other side is above.
  const { git, stack } = (error.data ?? {}) as ErrorData;
  const made = git === undefined ? new Error(error.message) : new GitError(git, error.message);
  if (stack !== undefined) made.stack = stack;
  return made;
}
