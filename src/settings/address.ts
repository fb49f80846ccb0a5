import picomatch from 'picomatch';

/** An address of something remote, in the one form in which addresses are compared. */
export interface Address {
  readonly scheme: 'http' | 'https' | 'oci';
  /** Lower case, with a port that is not the scheme's own. */
  readonly host: string;
  /** Parts of the path, decoded, with `.` and `..` resolved. */
  readonly segments: readonly string[];
  /** What stands behind a registry's path: a tag after `:`, or a digest after `@`. */
  readonly tag?: string | undefined;
  /** Where requests go; a registry's is its `https` address, or `http` on this machine. */
  readonly url: URL;
}

/**
 * Takes an `https`, `http` or `oci` address apart; undefined where it is none, holds
 * credentials, or has a path that servers read in more than one way.
 */
export function parseAddress(text: string): Address | undefined {
  const scheme = /^(https?|oci):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (scheme !== 'http' && scheme !== 'https' && scheme !== 'oci') return undefined;
  const url = scheme === 'oci' ? registryUrl(text.slice('oci'.length)) : toUrl(text);
  if (url === undefined || url.username !== '' || url.password !== '') return undefined;
  const segments = segmentsOf(url);
  if (segments === undefined) return undefined;
  return { scheme, host: url.host, url, ...(scheme === 'oci' ? withoutTag(segments) : { segments }) };
}

/** An entry of `remotes.allow`: a host in full, and a path that may have globs; undefined where it is none. */
export function parseAddressPattern(text: string): Address | undefined {
  const address = parseAddress(text);
  if (address === undefined || address.tag !== undefined || /[?#\s\\]/.test(text)) return undefined;
  if (!/^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d+)?$/.test(address.host)) return undefined;
  try {
    picomatch.makeRe(pathOf(address), { strictBrackets: true });
    return address;
  } catch {
    return undefined;
  }
}

/**
 * The path as one text. A slash inside of a segment, `%2F`, is not the separator, and yet
 * nothing that a single `*` stands for: some servers take it for one.
 */
export function pathOf({ segments }: Pick<Address, 'segments'>): string {
  const names = segments.map((segment) => segment.replaceAll('%', '%25').replaceAll('/', '%2F/'));
  return `/${names.join('/')}`;
}

/** An address in the form in which settings list it. */
export function addressText(address: Address): string {
  return address.scheme === 'oci'
    ? `oci://${address.host}/${address.segments.map(encodeURIComponent).join('/')}`
    : address.url.href;
}

/** As Docker and Helm have it, a registry on this machine speaks plain HTTP, and `docker.io` is a nickname. */
function registryUrl(rest: string): URL | undefined {
  const url = toUrl(`https${rest}`);
  if (url === undefined) return undefined;
  if (/^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(url.hostname)) return toUrl(`http${rest}`);
  if (/^(?:index\.)?docker\.io$/.test(url.host)) url.host = 'registry-1.docker.io';
  return url;
}

function toUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

function segmentsOf({ pathname }: URL): string[] | undefined {
  const path = pathname.replace(/\/+$/, '');
  if (path === '') return [];
  try {
    const segments = path.slice(1).split('/').map(decodeURIComponent);
    // `..%2F` is one name to this parser and two to some servers.
    const unclear = segments.some((segment) => segment.split(/[/\\]/).some((part) => /^\.\.?$/.test(part)));
    return unclear ? undefined : segments;
  } catch {
    return undefined;
  }
}

function withoutTag(segments: readonly string[]): Pick<Address, 'segments' | 'tag'> {
  const match = /^([^:@]+)(?::([^:@]+))?(?:@(sha256:[0-9a-f]{64}))?$/.exec(segments.at(-1) ?? '');
  if (match === null) return { segments };
  const [, name = '', tag, digest] = match;
  return { segments: segments.with(-1, name), tag: digest ?? tag };
}
