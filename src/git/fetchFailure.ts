import { GitError, type GitErrorCode } from './error.ts';

interface Sign {
  readonly pattern: RegExp;
  readonly code: GitErrorCode;
  readonly message: (match: RegExpExecArray, url: string) => string;
}

/** What git says (in English, `LC_ALL=C`), the most telling first. */
const SIGNS: readonly Sign[] = [
  {
    pattern: /(?:not our ref|unadvertised object) ([0-9a-f]{40})/,
    code: 'object-missing',
    message: ([, oid], url) =>
      `${url} has no commit ${oid} any more; it was probably replaced by a force-push.`,
  },
  {
    pattern: /couldn't find remote ref (\S+)/,
    code: 'object-missing',
    message: ([, ref], url) => `${url} has no reference ${ref}.`,
  },
  {
    pattern: /Authentication failed|could not read (?:Username|Password)|returned error: 401/,
    code: 'unauthorized',
    message: (_, url) => `${url} does not accept the token; it may have expired.`,
  },
  {
    pattern: /returned error: 403/,
    code: 'unauthorized',
    message: (_, url) => `${url} does not allow the token to read it (403).`,
  },
  {
    pattern: /repository '.*' not found|returned error: 404|does not appear to be a git repository/,
    code: 'unauthorized',
    message: (_, url) => `${url} does not exist, or the token may not see it.`,
  },
  {
    pattern: /returned error: (\d{3})/,
    code: 'fetch-failed',
    message: ([, status], url) => `${url} answered with status ${status}; try again later.`,
  },
  {
    pattern:
      /Could not resolve host|Failed to connect|Connection (?:refused|reset|timed out)|Couldn't connect/,
    code: 'fetch-failed',
    message: (_, url) => `${url} cannot be reached; try again later.`,
  },
  {
    pattern:
      /RPC failed|early EOF|hung up|unexpected disconnect|transfer closed|too slow|timed out|SSL|TLS|bad line length|expected .* packet|protocol error|Empty reply|HTTP\/2|remote error|unable to access/i,
    code: 'fetch-failed',
    message: (_, url) => `The connection to ${url} broke; try again later.`,
  },
  {
    pattern: /Unable to create '.*\.lock': File exists/,
    code: 'fetch-failed',
    message: (_, url) => `Another process is fetching from ${url}; try again later.`,
  },
  {
    pattern: /No space left on device|Disk quota exceeded|Permission denied|Read-only file system/,
    code: 'fetch-failed',
    message: ([words], url) => `Could not store what ${url} sent: ${words}.`,
  },
];

/**
 * What a failed `git fetch` means. `git-failed` is what the remote is not to blame for: the
 * repository that was fetched into is probably damaged.
 * @param words what git said, without any token.
 */
export function explainFetchFailure(words: string, url: string): GitError {
  for (const { pattern, code, message } of SIGNS) {
    const match = pattern.exec(words);
    if (match !== null) return new GitError(code, message(match, url));
  }
  const short = words.trim().slice(0, 500);
  return new GitError('git-failed', `Could not fetch from ${url}: ${short || 'git gave no reason'}`);
}
