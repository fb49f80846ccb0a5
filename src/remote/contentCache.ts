import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** What was fetched, by its SHA-256: it can grow old, and never wrong. */
export interface ContentCache {
  get(sha256: string): Promise<Uint8Array | undefined>;
  put(sha256: string, bytes: Uint8Array): Promise<void>;
}

/**
 * Content under `<folder>/sha256/`, shared by processes: others see a whole file or none.
 * @param folder undefined: nothing is kept.
 */
export function openContentCache(folder: string | undefined): ContentCache {
  if (folder === undefined) return { get: async () => undefined, put: async () => {} };
  const fileOf = (sha256: string) => path.join(folder, 'sha256', `${sha256}.tgz`);
  return {
    async get(sha256) {
      const file = fileOf(sha256);
      const bytes = await readFile(file).catch(() => undefined);
      if (bytes === undefined || sha256Of(bytes) !== sha256) return undefined;
      await markUsed(file);
      return bytes;
    },
    async put(sha256, bytes) {
      const file = fileOf(sha256);
      const unfinished = `${file}.${randomUUID()}`;
      try {
        await mkdir(path.dirname(file), { recursive: true });
        await writeFile(unfinished, bytes);
        await rename(unfinished, file);
      } catch {
        // A full disk costs the cache, not the review.
        await rm(unfinished, { force: true }).catch(() => {});
      }
    },
  };
}

/** Pruning goes by when something was used last. */
export async function markUsed(file: string): Promise<void> {
  const now = new Date();
  await utimes(file, now, now).catch(() => {});
}

/** In hexadecimal. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
