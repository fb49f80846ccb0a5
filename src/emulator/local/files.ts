import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import path from 'node:path';

/** What a path holds after a commit; null removes it (a file, or a folder with all in it). */
export type RepositoryFile =
  | string
  | Uint8Array
  | null
  | { readonly symlink: string }
  | { readonly executable: string | Uint8Array }
  | { readonly submodule: string };

/** Files by path; paths that are not named stay as the parent has them. */
export type RepositoryFiles = Readonly<Record<string, RepositoryFile>>;

/** The files of a folder on disk, such as an example, ready to be committed. */
export async function readFolder(folder: string): Promise<RepositoryFiles> {
  const files: Record<string, RepositoryFile> = {};
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const file = path.join(entry.parentPath, entry.name);
    const name = path.relative(folder, file).split(path.sep).join('/');
    if (entry.isSymbolicLink()) files[name] = { symlink: await readlink(file) };
    else if (entry.isFile()) {
      const content = await readFile(file);
      files[name] = ((await stat(file)).mode & 0o100) === 0 ? content : { executable: content };
    }
  }
  return files;
}
