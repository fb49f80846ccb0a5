import { lstat, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder } from './cacheFolder.ts';

/** What is kept of earlier commands, by the name of its folder. All of it can be made or fetched again. */
export const CACHES = {
  facts: 'what targets rendered to, and what files say by themselves',
  policies: 'compiled policies',
  remotes: 'charts, bases and other inputs that were fetched',
} as const;

export type CacheName = keyof typeof CACHES;

/** The table's own keys. */
export const CACHE_NAMES = Object.keys(CACHES) as CacheName[];

/** A cache on the disk. */
export interface CacheState {
  readonly name: CacheName;
  readonly folder: string;
  readonly files: number;
  readonly bytes: number;
}

/**
 * What the caches hold; nothing where the surroundings name no folder for them.
 * @throws where a folder cannot be read.
 */
export async function cacheStates(env: NodeJS.ProcessEnv = process.env): Promise<CacheState[]> {
  const states = CACHE_NAMES.map(async (name) => {
    const folder = cacheFolder(name, env);
    return folder === null ? [] : [{ name, folder, ...(await sizeOf(folder)) }];
  });
  return (await Promise.all(states)).flat();
}

/** Removes what the caches of these names hold. @throws where something cannot be removed. */
export async function emptyCaches(
  names: readonly CacheName[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  for (const name of names) {
    const folder = cacheFolder(name, env);
    if (folder !== null) await rm(folder, { recursive: true, force: true });
  }
}

async function sizeOf(folder: string): Promise<{ readonly files: number; readonly bytes: number }> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(noFolder);
  const files = entries.filter((entry) => !entry.isDirectory());
  const sizes = files.map((entry) =>
    lstat(path.join(entry.parentPath, entry.name)).then(({ size }) => size, gone),
  );
  return { files: files.length, bytes: (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0) };
}

function noFolder(error: NodeJS.ErrnoException): [] {
  if (error.code === 'ENOENT') return [];
  throw error;
}

/** Another process may have removed it just now. */
function gone(): number {
  return 0;
}
