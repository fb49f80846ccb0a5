import type { Settings } from '../model/settings.ts';
import type { RepositoryIdentity } from './followContext.ts';

/** What an address is compared with. */
export interface KnownAddresses {
  readonly repository: RepositoryIdentity;
  readonly settings: Pick<Settings, 'repository'>;
}

/**
 * Whether a Git address is the repository under review, whatever its form: `https://`,
 * `ssh://`, `git@host:path`, with or without credentials and `.git`. Null where no address of
 * the repository is known, so that only what the address is used for can tell.
 */
export function sameRepository(url: string, { repository, settings }: KnownAddresses): boolean | null {
  const known = [...repository.urls, ...settings.repository.urls];
  const wanted = normalizeGitUrl(url);
  if (wanted === null) return false;
  return known.length === 0 ? null : known.some((address) => normalizeGitUrl(address) === wanted);
}

/** Other hosts under which the same server is reached, for networks that block port 22. */
const HOSTS: ReadonlyMap<string, string> = new Map([
  ['ssh.github.com', 'github.com'],
  ['altssh.gitlab.com', 'gitlab.com'],
  ['altssh.bitbucket.org', 'bitbucket.org'],
  ['ssh.dev.azure.com', 'dev.azure.com'],
]);

/**
 * Host and path of a Git address, in lower case as Argo CD compares them; null for what is no
 * Git address, such as `oci://...`. The port is left out: one host serves one path over
 * HTTPS and SSH on different ports.
 * @see https://github.com/argoproj/argo-cd/blob/master/util/git/git.go (NormalizeGitURL)
 */
export function normalizeGitUrl(address: string): string | null {
  const text = address.trim();
  const scp = /^(?:[^@/:]+@)?(?<host>[^@/:]+):(?!\/\/)(?<path>.+)$/.exec(text)?.groups;
  const parsed = scp === undefined ? urlOf(text) : { host: scp['host'] ?? '', path: scp['path'] ?? '' };
  if (parsed === null) return null;
  const host = parsed.host.toLowerCase();
  const path = parsed.path
    .toLowerCase()
    .replace(/^\/+|\/+$/g, '')
    .replace(/\.git$/, '');
  return path === '' ? null : `${HOSTS.get(host) ?? host}/${repositoryPath(host, path)}`;
}

function urlOf(text: string): { host: string; path: string } | null {
  if (text.startsWith('/')) return { host: '', path: text };
  if (!/^(?:https?|ssh|git|git\+ssh|git\+https|file):\/\//i.test(text) || !URL.canParse(text)) return null;
  const { hostname, pathname } = new URL(text);
  return { host: hostname, path: decoded(pathname) };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Azure DevOps names one repository `org/project/_git/repo` over HTTPS and `v3/org/project/repo` over SSH. */
function repositoryPath(host: string, path: string): string {
  return host.endsWith('dev.azure.com') ? path.replace(/^v3\//, '').replace('/_git/', '/') : path;
}
