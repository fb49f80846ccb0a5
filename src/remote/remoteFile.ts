import { shownAddress } from '../model/remoteInputs.ts';
import type { Address } from '../settings/address.ts';
import type { Fetching } from './fetching.ts';
import { Refusal } from './refusal.ts';

/**
 * A single file.
 * @param address that the settings allow.
 * @throws {Refusal} where the file is not to be had.
 */
export async function fetchFile(
  { http, limits }: Pick<Fetching, 'http' | 'limits'>,
  address: Address,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const { url } = address;
  const { status, bytes } = await http.get({ url, granted: address, maxBytes: limits.fileBytes }, signal);
  if (status > 299) throw new Refusal(`${shownAddress(url.href)} answers with status ${status}`);
  return bytes;
}

/**
 * True for what kustomize would clone: `github.com/org/repo//path?ref=v1`, `git@host:path`.
 * @see https://github.com/kubernetes-sigs/kustomize/blob/master/examples/remoteBuild.md
 */
export function isGitBase(text: string): boolean {
  if (!/^https?:\/\//i.test(text)) return true;
  if (!URL.canParse(text)) return false;
  const { hostname, pathname, searchParams } = new URL(text);
  const marked = ['ref', 'version', 'timeout', 'submodules'].some((name) => searchParams.has(name));
  const onHub = /^(?:www\.)?(?:github|gitlab|bitbucket)\.(?:com|org)$/.test(hostname);
  const repository = onHub && /^\/[^/]+\/[^/]+\/?$/.test(pathname);
  return marked || repository || pathname.includes('//') || /\.git(?:\/|$)|\/_git\//.test(pathname);
}
