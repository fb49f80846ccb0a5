import { execa } from 'execa';
import { GitError } from './error.ts';

/** What one call of git needs besides its arguments. */
export interface GitCall {
  /** The repository; without it git looks for one from `cwd` upwards. */
  readonly gitDir?: string;
  readonly cwd?: string;
  readonly input?: string | Uint8Array;
  /** More environment variables: the one way in for a token. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number;
  /** As much of what it prints as is read. */
  readonly maxBytes?: number;
}

export interface GitResult {
  readonly exitCode: number;
  readonly stdout: Buffer;
  /** What git said, for people; in English (`LC_ALL=C`). */
  readonly stderr: string;
}

/**
 * Runs git and waits for its end; a non-zero exit code is a result, not an error.
 * @throws {GitError} `git-missing`, `aborted`, `output-too-large`, or `fetch-failed` after the time-out.
 */
export async function runGit(args: readonly string[], call: GitCall): Promise<GitResult> {
  const result = await execa('git', gitArguments(args, call.gitDir), {
    env: { ...gitEnvironment(), ...call.env },
    extendEnv: false,
    cwd: call.cwd ?? call.gitDir ?? process.cwd(),
    input: call.input ?? '',
    encoding: 'buffer',
    stripFinalNewline: false,
    reject: false,
    maxBuffer: call.maxBytes ?? 1 << 30,
    ...(call.signal !== undefined && { cancelSignal: call.signal }),
    ...(call.timeoutMs !== undefined && { timeout: call.timeoutMs }),
  });
  if (result.isCanceled) throw new GitError('aborted', 'Stopped before git was done.');
  if (result.code === 'ENOENT') {
    throw new GitError(
      'git-missing',
      'Hydrant needs the git command and found none; install Git 2.36 or newer.',
    );
  }
  if (result.isMaxBuffer) throw new GitError('output-too-large', `git ${args[0]} prints more than is read.`);
  const stderr = Buffer.from(result.stderr).toString();
  if (result.timedOut) {
    throw new GitError(
      'fetch-failed',
      `git ${args[0]} took longer than ${call.timeoutMs} ms and was stopped.`,
    );
  }
  return { exitCode: result.exitCode ?? 128, stdout: Buffer.from(result.stdout), stderr };
}

/**
 * Arguments that keep a repository's own configuration from running anything.
 * `safe.directory` guards against exactly that, so it can be open here: it would otherwise
 * refuse clones of another user, as containers in CI have them.
 */
export function gitArguments(args: readonly string[], gitDir?: string): string[] {
  const settings = [
    'safe.directory=*',
    'core.fsmonitor=false',
    'core.hooksPath=/dev/null',
    'core.pager=cat',
    'core.alternateRefsCommand=',
    'gc.auto=0',
    'maintenance.auto=false',
  ];
  const where = gitDir === undefined ? [] : [`--git-dir=${gitDir}`];
  return ['--no-pager', ...settings.flatMap((setting) => ['-c', setting]), ...where, ...args];
}

/** The environment of every git process: nothing of the machine's or user's configuration, no network. */
export function gitEnvironment(): Record<string, string | undefined> {
  return {
    PATH: process.env.PATH,
    TMPDIR: process.env.TMPDIR,
    // curl would find a `.netrc` with somebody's passwords there.
    HOME: '/nonexistent',
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_GRAFT_FILE: '/nonexistent',
    GIT_LITERAL_PATHSPECS: '1',
    // Objects that a partial clone lacks stay missing: reading fetches nothing.
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: '',
  };
}

/** An unforeseen failure, in git's own words. */
export function failure(args: readonly string[], { stderr, exitCode }: GitResult): GitError {
  const words = stderr.trim().replace(/^(?:fatal|error): /, '') || `exit code ${exitCode}`;
  return new GitError('git-failed', `git ${args[0]} failed: ${words}`);
}
