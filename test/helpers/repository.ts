import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createLocalRepository, type LocalRepository } from '../../src/emulator/local/repository.ts';

export { type RepositoryFiles as TestFiles, readFolder } from '../../src/emulator/local/files.ts';
export { runLocalGit as runGit } from '../../src/emulator/local/repository.ts';

export interface TestRepository extends LocalRepository {
  /** Removes it from the disk; happens by itself at the end of the test file. */
  remove(): Promise<void>;
}

/** Folders to remove at the end, whatever happens. */
const folders = new Set<string>();
const atEnd: unknown = Reflect.get(globalThis, 'afterAll');
if (typeof atEnd === 'function') atEnd(removeAll);
else process.once('exit', removeAll);

/**
 * A real, empty Git repository in a temporary folder; its default branch is `main`. Nothing
 * of the user's or the machine's Git configuration counts.
 */
export async function createRepository(
  options: Parameters<typeof createLocalRepository>[1] = {},
): Promise<TestRepository> {
  const dir = await createFolder();
  const repository = await createLocalRepository(dir, options);
  return { ...repository, remove: () => removeFolder(dir) };
}

/** A temporary folder that is removed at the end of the test file. */
export async function createFolder(): Promise<string> {
  const dir = await mkdtemp(path.join(tmpdir(), 'hydrant-test-'));
  folders.add(dir);
  return dir;
}

async function removeFolder(dir: string): Promise<void> {
  folders.delete(dir);
  await rm(dir, { recursive: true, force: true, maxRetries: 3 });
}

function removeAll(): void {
  for (const dir of folders) rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
  folders.clear();
}
