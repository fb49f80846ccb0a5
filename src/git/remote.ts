import { GitError } from './error.ts';
import { explainFetchFailure } from './fetchFailure.ts';
import { runGit } from './git.ts';

/** Whom to ask, and as whom. */
export interface Remote {
  /** `https://...` without credentials; `http:` and `file:` for tests and closed networks. */
  readonly url: string;
  /** An installation token, or null for a public repository. */
  readonly token: string | null;
  readonly signal?: AbortSignal | undefined;
}

interface Fetch {
  /** Such as `--depth=1`. */
  readonly options: readonly string[];
  /** What to fetch, and the references that keep it. */
  readonly refspecs: readonly string[];
}

/** No fetch may take longer; a stalled one (below 1 KB/s for a minute) ends before. */
const TIMEOUT_MS = 10 * 60_000;

const SETTINGS = [
  'protocol.version=2',
  // A redirect could carry the token to somebody else.
  'http.followRedirects=false',
  'http.lowSpeedLimit=1000',
  'http.lowSpeedTime=60',
  'credential.helper=',
];

/** What a proxy or a private certificate authority needs; the machine's, not the repository's. */
const NETWORK_VARIABLES = [
  'http_proxy',
  'https_proxy',
  'HTTPS_PROXY',
  'all_proxy',
  'ALL_PROXY',
  'no_proxy',
  'NO_PROXY',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'GIT_SSL_CAINFO',
  'GIT_SSL_CAPATH',
];

const FETCH = [
  'fetch',
  '--quiet',
  '--no-tags',
  '--no-write-fetch-head',
  '--no-auto-maintenance',
  '--no-recurse-submodules',
];

/**
 * Fetches into a bare repository. The token goes to git through its environment alone: it
 * is in no argument, address, file or message.
 * @throws {GitError} as {@link explainFetchFailure} tells.
 */
export async function fetchFrom(
  { url, token, signal }: Remote,
  gitDir: string,
  { options, refspecs }: Fetch,
): Promise<void> {
  const protocol = protocolOf(url);
  const settings = SETTINGS.flatMap((setting) => ['-c', setting]);
  const args = [...settings, ...FETCH, ...options, '--end-of-options', url, ...refspecs];
  const env = {
    ...Object.fromEntries(NETWORK_VARIABLES.map((name) => [name, process.env[name]])),
    ...authentication(url, token),
    GIT_ALLOW_PROTOCOL: protocol,
  };
  const call = { gitDir, env, signal, timeoutMs: TIMEOUT_MS };
  const { exitCode, stderr } = await runGit(args, call);
  if (exitCode !== 0) throw explainFetchFailure(scrub(stderr, token), url);
}

function protocolOf(url: string): string {
  const { protocol, username, password } = new URL(url);
  if (!['https:', 'http:', 'file:'].includes(protocol) || username !== '' || password !== '') {
    throw new GitError('fetch-failed', 'The address to fetch from must be https: and without credentials.');
  }
  return protocol.slice(0, -1);
}

/** https://git-scm.com/docs/git#Documentation/git.txt-GITCONFIGCOUNT */
function authentication(url: string, token: string | null): Record<string, string> {
  if (token === null) return {};
  return {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `http.${url}.extraHeader`,
    GIT_CONFIG_VALUE_0: `AUTHORIZATION: basic ${encode(token)}`,
  };
}

function encode(token: string): string {
  return Buffer.from(`x-access-token:${token}`).toString('base64');
}

function scrub(text: string, token: string | null): string {
  return token === null || token === ''
    ? text
    : text.replaceAll(token, '***').replaceAll(encode(token), '***');
}
