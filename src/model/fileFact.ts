import type { Facts } from './facts.ts';
import type { Snapshot } from './snapshot.ts';

/** What is known of files of a commit by their content alone, and what it is kept in. */
export type FactsOfFiles = Pick<Snapshot, 'entries' | 'read'> & { readonly facts?: Facts | undefined };

/** Something that is made of nothing but a file's bytes. */
export interface FileFact {
  /** Other rules have another name. */
  readonly name: string;
  /** @returns null for what may not be kept, such as a text with an address that may hold a password. */
  readonly make: (bytes: Uint8Array) => string | null;
}

/**
 * A fact of a file, made once for all commits that have its content.
 * @returns null where it may not be kept, and is to be made of the file itself.
 */
export async function fileFact(
  path: string,
  { entries, read, facts }: FactsOfFiles,
  { name, make }: FileFact,
): Promise<string | null> {
  const key = `${name} ${entries.get(path)?.oid ?? ''}`;
  const known = facts?.get(key);
  if (known !== undefined) return known;
  const made = make(await read(path));
  if (made !== null) facts?.keep(key, made);
  return made;
}
