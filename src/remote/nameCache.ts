import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { markUsed, sha256Of } from './contentCache.ts';

/** What a name meant: the digest of a chart or file, or the id of a commit, and what goes with it. */
export type Meaning = Readonly<Record<string, string>>;

/** What names meant when they were last looked up. */
export interface NameCache {
  get(name: readonly string[]): Promise<Meaning | undefined>;
  put(name: readonly string[], meaning: Meaning): Promise<void>;
}

/**
 * Meanings under `<folder>/names/`, shared by processes.
 * @param folder undefined: nothing is kept.
 */
export function openNameCache(folder: string | undefined): NameCache {
  if (folder === undefined) return { get: async () => undefined, put: async () => {} };
  const fileOf = (name: readonly string[]) =>
    path.join(folder, 'names', `${sha256Of(Buffer.from(JSON.stringify(name)))}.json`);
  return {
    async get(name) {
      const file = fileOf(name);
      const text = await readFile(file, 'utf8').catch(() => undefined);
      const meaning = text === undefined ? undefined : meaningIn(text);
      if (meaning !== undefined) await markUsed(file);
      return meaning;
    },
    async put(name, meaning) {
      const file = fileOf(name);
      const unfinished = `${file}.${randomUUID()}`;
      try {
        await mkdir(path.dirname(file), { recursive: true });
        await writeFile(unfinished, JSON.stringify(meaning));
        await rename(unfinished, file);
      } catch {
        // A full disk costs the cache, not the review.
        await rm(unfinished, { force: true }).catch(() => {});
      }
    },
  };
}

function meaningIn(text: string): Meaning | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null) return undefined;
    const entries = Object.entries(parsed).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    );
    return Object.fromEntries(entries);
  } catch {
    return undefined;
  }
}
