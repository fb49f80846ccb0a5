import { open, readFile, rm, writeFile } from 'node:fs/promises';

/**
 * Opens a store, after a look whether its file is one: the library ends the whole process where it
 * is not. A file at which a process ended while it opened it is removed as well.
 * @param file of the store, whether or not it is there.
 */
export async function openSafely<T>(file: string, opening: () => T): Promise<T> {
  const marker = `${file}-opening`;
  if (!(await isStore(file)) || (await wasFatal(marker))) {
    for (const name of [file, `${file}-lock`, marker]) await rm(name, { force: true });
  }
  await writeFile(marker, String(process.pid), { mode: 0o600 });
  const opened = opening();
  await rm(marker, { force: true });
  return opened;
}

/** Two pages of its form begin with what tells of the rest: a magic number, the size of pages, and the last page. */
const META = { magic: 24, pageSize: 48, lastPage: 144, end: 152 };
const MAGIC = 0xbeefc0de;

/** Whether LMDB can read a file, as far as its beginning tells. https://github.com/LMDB/lmdb/blob/mdb.master/libraries/liblmdb/mdb.c (MDB_meta) */
async function isStore(file: string): Promise<boolean> {
  const handle = await open(file).catch(() => null);
  if (handle === null) return true;
  try {
    const { size } = await handle.stat();
    const first = await readAt(0);
    const pageSize = first.readUInt32LE(META.pageSize);
    const isPage = first.readUInt32LE(META.magic) === MAGIC && pageSize >= 512 && pageSize <= 65536;
    if (!isPage) return false;
    const second = await readAt(pageSize);
    return [first, second].every(
      (meta) =>
        meta.readUInt32LE(META.magic) === MAGIC &&
        (Number(meta.readBigUInt64LE(META.lastPage)) + 1) * pageSize <= size,
    );
  } finally {
    await handle.close();
  }

  async function readAt(position: number): Promise<Buffer> {
    const bytes = Buffer.alloc(META.end);
    await handle?.read(bytes, 0, META.end, position);
    return bytes;
  }
}

/** Whether the process that a marker names is gone. */
async function wasFatal(marker: string): Promise<boolean> {
  const pid = await readFile(marker, 'utf8').catch(() => null);
  if (pid === null) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch {
    return true;
  }
}
