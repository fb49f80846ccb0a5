import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { EntryKind, Files, TreeEntry } from '../model/snapshot.ts';

/**
 * The files of a folder as they are on the disk, in the form of a commit's. Symlinks are not
 * followed; `.git` and `node_modules` are left out.
 * @throws where the folder cannot be read.
 */
export async function workingTree(dir: string): Promise<Files> {
  const entries = new Map<string, TreeEntry>();
  await list(dir, '', entries);
  return { entries, read: (file) => readFile(path.join(dir, file)) };
}

const LEFT_OUT = ['.git', 'node_modules'];

async function list(dir: string, folder: string, into: Map<string, TreeEntry>): Promise<void> {
  const found = await readdir(path.join(dir, folder), { withFileTypes: true });
  for (const entry of found.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (LEFT_OUT.includes(entry.name)) continue;
    const name = path.posix.join(folder, entry.name);
    const kind: EntryKind = entry.isDirectory() ? 'directory' : entry.isFile() ? 'file' : 'symlink';
    into.set(name, { path: name, kind, oid: '' });
    if (kind === 'directory') await list(dir, name, into);
  }
}
