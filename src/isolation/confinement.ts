import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { defaultCacheDir } from '../checks/policies/compileCache.ts';
import { type Confined, confinedCommand } from '../engine/confinedCommand.ts';
import { gitFiles } from '../git/gitFiles.ts';
import { packageFile } from '../model/packageFile.ts';
import { credentialFiles } from '../remote/machineCredentials.ts';

/** Folders that a process works in, besides those that any review needs. */
export interface WorkFolders {
  readonly read: readonly string[];
  readonly write: readonly string[];
}

/** Of one commit's pack, with room for its index; see src/remote/limits.ts. */
const FILE_BYTES = 2 ** 30;

/** Each fetch, each process and each pack of a repository needs some. */
const OPEN_FILES = 4096;

/** What of Hydrant's own package a review reads. */
const PACKAGE = ['dist', 'policies', 'schemas', 'package.json'];

/** Certificates of one's own. */
const CERTIFICATES = ['SSL_CERT_FILE', 'SSL_CERT_DIR', 'NODE_EXTRA_CA_CERTS'];

/**
 * The folders of a data folder that reviews need: they read the mirrors, which the bot alone
 * changes, and keep what they fetch. Both are made, because nothing can be allowed that is not there.
 */
export function reviewFolders(dataDir: string): WorkFolders {
  const read = [path.join(dataDir, 'mirrors')];
  const write = ['remotes', 'facts'].map((name) => path.join(dataDir, name));
  for (const folder of [...read, ...write]) mkdirSync(folder, { recursive: true });
  return { read, write };
}

/**
 * The command that starts Node for a review so that the kernel lets it, and the git and the engines
 * that it starts, read and write what a review needs and nothing else.
 * @param env what the process gets of the environment.
 */
export function confinedNode(
  args: readonly [string, ...string[]],
  { folders, env }: { readonly folders: WorkFolders; readonly env: NodeJS.ProcessEnv },
): readonly [string, ...string[]] {
  const confined: Confined = {
    command: [process.execPath, ...args],
    read: [
      ...PACKAGE.map(packageFile),
      ...packageFolders(),
      ...gitFiles(env),
      ...credentialFiles(env),
      ...CERTIFICATES.flatMap((name) => env[name] ?? []),
      env['HYDRANT_ENGINE'] ?? '',
      ...(env['HYDRANT_READABLE'] ?? '').split(path.delimiter),
      ...policyCache(env),
      ...folders.read,
    ].filter(Boolean),
    write: folders.write,
    fileBytes: FILE_BYTES,
    openFiles: OPEN_FILES,
  };
  return confinedCommand(confined);
}

/** Where Node looks for packages: https://nodejs.org/api/modules.html#loading-from-node_modules-folders */
function packageFolders(): string[] {
  const folders: string[] = [];
  for (let folder = packageFile('.'); ; folder = path.dirname(folder)) {
    folders.push(path.join(folder, 'node_modules'));
    if (folder === path.dirname(folder)) return folders;
  }
}

/**
 * Compiled policies, which the bot keeps there and a review reads: what it wrote would count for all later ones.
 * Made, unless that cannot be, because nothing can be allowed that is not there.
 */
function policyCache(env: NodeJS.ProcessEnv): string[] {
  const folder = defaultCacheDir(env);
  if (folder === null) return [];
  try {
    mkdirSync(folder, { recursive: true });
    return [folder];
  } catch {
    return [];
  }
}
