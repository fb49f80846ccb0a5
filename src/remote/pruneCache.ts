import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';

/** How much is kept, and for how long. */
export interface CacheBounds {
  readonly maxBytes: number;
  readonly maxAgeMs: number;
  /** What was used a moment ago may be read by a review that runs. */
  readonly safeMs: number;
}

const HOUR = 60 * 60_000;

export const CACHE_BOUNDS: CacheBounds = { maxBytes: 2 * 2 ** 30, maxAgeMs: 30 * 24 * HOUR, safeMs: HOUR };

/** Folders of a cache, whose entries are files or folders of files. */
const KINDS = ['sha256', 'git', 'names'];

/**
 * Removes what was not used for long, and what was used longest ago where there is too
 * much. Never throws: a cache that cannot be pruned still serves.
 */
export async function pruneCache(folder: string, bounds: CacheBounds = CACHE_BOUNDS): Promise<void> {
  const now = Date.now();
  const entries = (await Promise.all(KINDS.map((kind) => entriesIn(path.join(folder, kind))))).flat();
  let total = entries.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { file, bytes, usedMs } of entries.toSorted((a, b) => a.usedMs - b.usedMs)) {
    const age = now - usedMs;
    if (age < bounds.safeMs || (age < bounds.maxAgeMs && total <= bounds.maxBytes)) continue;
    total -= bytes;
    await rm(file, { recursive: true, force: true }).catch(() => {});
  }
}

interface Entry {
  readonly file: string;
  readonly bytes: number;
  readonly usedMs: number;
}

async function entriesIn(folder: string): Promise<Entry[]> {
  const names = await readdir(folder).catch(() => []);
  const entries = await Promise.all(names.map((name) => entryAt(path.join(folder, name))));
  return entries.filter((entry) => entry !== undefined);
}

async function entryAt(file: string): Promise<Entry | undefined> {
  try {
    const { size, mtimeMs: usedMs } = await stat(file);
    const inside = await readdir(file, { recursive: true }).catch(() => []);
    const sizes = inside.map((name) => stat(path.join(file, name)).then((one) => one.size));
    return { file, usedMs, bytes: (await Promise.all(sizes)).reduce((sum, bytes) => sum + bytes, size) };
  } catch {
    // Another process removed it.
    return undefined;
  }
}
