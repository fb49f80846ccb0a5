import { createHash, randomUUID } from 'node:crypto';
import { appendFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { failure, runGit } from './git.ts';

/** Files of this age are left over from a process that died: a fetch is stopped long before. */
const STALE_MS = 15 * 60_000;

/**
 * A repository's folder in the data folder. Owner and name are for people; the hash of the
 * address tells apart what they do not, and no name can lead out of the data folder.
 */
export function mirrorFolder(
  dataDir: string,
  repository: { owner: string; name: string; url: string },
): string {
  const { owner, name, url } = repository;
  // GitHub takes letters of both cases for the same.
  const key = createHash('sha256')
    .update(url.toLowerCase())
    .update('\0')
    .update(`${owner}/${name}`.toLowerCase());
  const readable = `${owner}-${name}`
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, '_')
    .slice(0, 80);
  return path.resolve(dataDir, 'mirrors', `${readable}-${key.digest('hex').slice(0, 16)}`);
}

/** Makes an empty bare repository unless the folder has one. Others see a whole one or none. */
export async function ensureRepository(gitDir: string): Promise<void> {
  if ((await stat(path.join(gitDir, 'HEAD')).catch(() => null)) !== null) return;
  await mkdir(path.dirname(gitDir), { recursive: true });
  const unfinished = `${gitDir}.new-${randomUUID()}`;
  const args = ['init', '--quiet', '--bare', '--template=', '--initial-branch=main', unfinished];
  const result = await runGit(args, { cwd: path.dirname(gitDir) });
  if (result.exitCode !== 0) throw failure(args, result);
  await appendFile(path.join(unfinished, 'config'), '[gc]\n\tauto = 0\n');
  // What stands there without HEAD is no repository.
  await removeRepository(gitDir);
  await rename(unfinished, gitDir);
}

/** Takes a repository away at once; its files are then deleted. */
export async function removeRepository(gitDir: string): Promise<void> {
  const away = `${gitDir}.old-${randomUUID()}`;
  const there = await rename(gitDir, away).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
  if (there) await rm(away, { recursive: true, force: true, maxRetries: 3 });
}

/**
 * Removes what a crashed process left: lock files, and repositories half made or half
 * removed. The data folder belongs to one process, so at its first look all that is older
 * than itself is left.
 */
export async function removeLeftovers(gitDir: string): Promise<void> {
  const limit = Date.now() - (looked.has(gitDir) ? STALE_MS : process.uptime() * 1000);
  looked.add(gitDir);
  const leftovers = await Promise.all([
    namesIn(gitDir, (name) => name.endsWith('.lock')),
    namesIn(path.dirname(gitDir), (name) => /^[^/]+\.git\.(?:new|old)-[^/]+$/.test(name), false),
  ]);
  for (const leftover of leftovers.flat()) {
    const changed = await stat(leftover).catch(() => null);
    if (changed !== null && changed.mtimeMs < limit) await rm(leftover, { recursive: true, force: true });
  }
}

/** Repositories that this process has already cleared. */
const looked = new Set<string>();

async function namesIn(
  folder: string,
  wanted: (name: string) => boolean,
  recursive = true,
): Promise<string[]> {
  const names = await readdir(folder, { recursive }).catch(() => []);
  return names.filter(wanted).map((name) => path.join(folder, name));
}
