import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Writes files, by their paths from the folder, and the folders that they are in. */
export async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}
