import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { open, type RootDatabase } from 'lmdb';
import type { Facts } from '../model/facts.ts';
import { packageFile } from '../model/packageFile.ts';
import { openSafely } from './storeFile.ts';

/** Facts in a file that several processes share, and that a crash cannot tear. */
export interface FactStore extends Facts {
  /** Writes what waits to be written, and lets go of the file. */
  close(): Promise<void>;
}

/** Facts of another form have another number. */
const FORM = 2;

/** So many short facts are kept in memory as well. */
const MOST_SHORT = 300_000;

/** Past this size all is forgotten: what is still needed is made again. */
const MOST_BYTES = 1024 * 1024 * 1024;

/**
 * Opens, or makes, the store in a folder. It has only what this very version of Hydrant kept.
 * @param enginePath of the engine that renders, which another one may not go on from.
 * @returns undefined where the folder cannot be written or the file not be read: reviews do without.
 */
export async function openFactStore(
  folder: string | null,
  enginePath: string,
): Promise<FactStore | undefined> {
  if (folder === null) return undefined;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = path.join(folder, 'facts.mdb');
    const database = await openSafely(file, () =>
      open<string, string>({ path: file, encoding: 'string', compression: true }),
    );
    const size = await stat(file).then(({ size }) => size);
    return await storeIn(database, { size, version: versionOf(enginePath) });
  } catch {
    return undefined;
  }
}

async function storeIn(
  database: RootDatabase<string, string>,
  { size, version }: { readonly size: number; readonly version: string },
): Promise<FactStore> {
  if (database.get('version') !== version || size > MOST_BYTES) {
    await database.clearAsync();
    await database.put('version', version);
  }
  const short = new Map<string, string>();
  return {
    get: (key) => {
      const name = shortKey(key);
      const known = short.get(name) ?? database.get(name);
      // Base and head ask the same of most files.
      if (short.size > MOST_SHORT) short.clear();
      if (known !== undefined && known.length < 100) short.set(name, known);
      return known;
    },
    keep: (key, text) => {
      // A full disk costs time at the next review.
      database.put(shortKey(key), text).catch(() => undefined);
    },
    close: () => database.close().catch(() => undefined),
  };
}

/** LMDB has a limit on keys. */
function shortKey(key: string): string {
  return key.length < 200 ? key : createHash('sha256').update(key).digest('base64');
}

/** What made the facts: another engine may render otherwise, and other code keep other parts. */
function versionOf(enginePath: string): string {
  const files = [enginePath, packageFile('package.json'), packageFile('dist/src/review/review.js')];
  const made = files.map((file) => statSync(file)).map(({ size, mtimeMs }) => [size, mtimeMs]);
  return JSON.stringify([FORM, made]);
}
