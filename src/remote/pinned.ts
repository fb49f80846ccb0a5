import { sha256Of } from './contentCache.ts';
import type { Fetching } from './fetching.ts';
import { Refusal } from './refusal.ts';

/**
 * Content that is known by its SHA-256: kept, or fetched and held to it.
 * @param what the content, for the message.
 * @throws {Refusal} where something else is sent.
 */
export async function pinned(
  { cache }: Pick<Fetching, 'cache'>,
  { sha256, what }: { readonly sha256: string; readonly what: string },
  fetchBytes: () => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const kept = await cache.get(sha256);
  if (kept !== undefined) return kept;
  const bytes = await fetchBytes();
  const found = sha256Of(bytes);
  if (found !== sha256) {
    throw new Refusal(`${what} does not have the digest it is announced with (sha256:${sha256})`);
  }
  await cache.put(sha256, bytes);
  return bytes;
}
