import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { table } from '../model/table.ts';
import { OptionsError } from './options.ts';

/**
 * Makes the folder that the bot keeps its data in.
 * @throws {OptionsError} where it cannot be made or written, with the way out.
 */
export async function openDataFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await access(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new OptionsError([`HYDRANT_DATA_DIR ${WORDS[code] ?? `cannot be used (${code})`}: ${folder}`]);
  }
}

const WORDS = table<string>({
  EACCES: 'may not be written by this user; give it the folder, or name another',
  EPERM: 'may not be written by this user; give it the folder, or name another',
  EROFS: 'is on a disk that cannot be written; name another folder',
  EEXIST: 'is a file; name a folder',
  ENOTDIR: 'leads through a file; name a folder',
  ENOSPC: 'is on a disk that is full',
});
