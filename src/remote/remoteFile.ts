import { type RemoteFile, shownAddress } from '../model/remoteInputs.ts';
import type { Address } from '../settings/address.ts';
import type { Fetching } from './fetching.ts';
import { Refusal } from './refusal.ts';

/**
 * A single file; null where there is none and a Git repository may be there instead.
 * @param address that the settings allow.
 * @throws {Refusal} where the file is not to be had.
 */
export async function fetchFile(
  { http, limits }: Pick<Fetching, 'http' | 'limits'>,
  { address, orRepository }: { readonly address: Address } & Pick<RemoteFile, 'orRepository'>,
  signal: AbortSignal,
): Promise<Uint8Array | null> {
  const { url } = address;
  const { status, headers, bytes } = await http.get(
    { url, granted: address, maxBytes: limits.fileBytes },
    signal,
  );
  const isPage = /^text\/html\b/i.test(headers['content-type'] ?? '');
  if (orRepository === true && (status > 299 || isPage)) return null;
  if (status > 299) throw new Refusal(`${shownAddress(url.href)} answers with status ${status}`);
  return bytes;
}
