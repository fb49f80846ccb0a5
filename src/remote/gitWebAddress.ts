import { type Address, parseAddress } from '../settings/address.ts';

/** `ssh://user@host:port/path` and `user@host:path`. */
const SSH =
  /^(?:ssh:\/\/(?:[^/@]*@)?(?<host>[^/:]+)(?::\d+)?\/|[^/@]*@?(?<short>[^/:@]+):(?!\/))(?<path>.+)$/i;

/** Hosts whose repositories have the same path by SSH and by HTTPS. */
const SAME_BY_HTTPS: ReadonlyMap<string, string> = new Map([
  ['github.com', 'github.com'],
  ['ssh.github.com', 'github.com'],
]);

/** A Git repository that is reached by SSH; undefined for another address. */
export function sshParts(text: string): { readonly host: string; readonly path: string } | undefined {
  const parts = SSH.exec(text)?.groups;
  return parts && { host: parts['host'] ?? parts['short'] ?? '', path: parts['path'] ?? '' };
}

/** The web address of a Git repository, for an SSH address of GitHub too; undefined where it has none. */
export function gitWebAddress(text: string): Address | undefined {
  const ssh = sshParts(text);
  if (ssh === undefined) return parseAddress(text);
  const host = SAME_BY_HTTPS.get(ssh.host.toLowerCase());
  return host === undefined ? undefined : parseAddress(`https://${host}/${ssh.path}`);
}

/** Without `.git` at the end: servers take an address with and without it for one repository. */
export function withoutGitSuffix(address: Address): Address {
  const { segments } = address;
  return { ...address, segments: [...segments.slice(0, -1), ...segments.slice(-1).map(withoutGit)] };
}

function withoutGit(name: string): string {
  return name.replace(/\.git$/, '');
}
