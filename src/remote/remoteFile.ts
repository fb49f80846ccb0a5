import { type FetchedFile, type RemoteFile, shownAddress } from '../model/remoteInputs.ts';
import type { Address } from '../settings/address.ts';
import { addressWanted } from './addressWanted.ts';
import { sha256Of } from './contentCache.ts';
import type { Fetching } from './fetching.ts';
import { Refusal } from './refusal.ts';

/**
 * A single file; null where there is none and a Git repository may be there instead.
 * @throws {Refusal} where the file may not be fetched, or is not to be had.
 */
export async function fetchFile(
  fetching: Fetching,
  { url, orRepository = false }: RemoteFile,
  signal: AbortSignal,
): Promise<FetchedFile | null> {
  const { trust, names, cache, offline } = fetching;
  const address = addressWanted(url, 'no web address');
  trust.demand({ kind: 'file', url }, [address]);
  const name = ['file', url];
  const kept = offline ? await names.get(name) : undefined;
  if (kept?.['none'] === 'true' && orRepository) return null;
  const found =
    (await cache.get(kept?.['sha256'] ?? '')) ??
    (await download(fetching, { address, orRepository }, signal));
  if (!offline) await names.put(name, found === null ? { none: 'true' } : { sha256: sha256Of(found) });
  if (found === null) return null;
  const sha256 = sha256Of(found);
  if (!offline) await cache.put(sha256, found);
  return { sha256, base64: Buffer.from(found).toString('base64') };
}

async function download(
  { http, limits }: Fetching,
  { address, orRepository }: { readonly address: Address; readonly orRepository: boolean },
  signal: AbortSignal,
): Promise<Uint8Array | null> {
  const { url } = address;
  const { status, headers, bytes } = await http.get(
    { url, granted: address, maxBytes: limits.fileBytes },
    signal,
  );
  const isPage = /^text\/html\b/i.test(headers['content-type'] ?? '');
  if (orRepository && (status > 299 || isPage)) return null;
  if (status > 299) throw new Refusal(`${shownAddress(url.href)} answers with status ${status}`);
  return bytes;
}
