import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isGitError } from '../git/error.ts';
import { runGit } from '../git/git.ts';
import { markUsed } from './contentCache.ts';
import { Refusal } from './refusal.ts';

/** Commits of other repositories, each without its history in a folder of its own. */
export interface GitStore {
  /** The folder with a commit's objects; undefined where it is not kept. */
  get(commit: string): Promise<string | undefined>;
  /**
   * Keeps a commit that was sent as a pack.
   * @throws {Refusal} where the pack does not have all of it.
   */
  put(
    commit: string,
    pack: Uint8Array,
    context: { readonly shown: string; readonly signal: AbortSignal },
  ): Promise<string>;
}

/**
 * Commits under `<folder>/git/`, shared by processes: others see a whole one or none. Git
 * names content by its digest, so what is kept under a name is what was asked for.
 */
export function openGitStore(folder: string | undefined): GitStore {
  if (folder === undefined) return { get: async () => undefined, put: () => Promise.reject(nowhere()) };
  const folderOf = (commit: string) => path.join(folder, 'git', commit);
  return {
    async get(commit) {
      const dir = folderOf(commit);
      const kept = await stat(dir).catch(() => undefined);
      if (kept === undefined) return undefined;
      await markUsed(dir);
      return dir;
    },
    async put(commit, pack, { shown, signal }) {
      const dir = folderOf(commit);
      const unfinished = `${dir}.${randomUUID()}`;
      try {
        await unpack(unfinished, { commit, pack, shown, signal });
        // Another process may have been faster.
        await rename(unfinished, dir).catch(() => stat(dir));
        return dir;
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof Refusal) throw error;
        if (isGitError(error) && error.code === 'git-missing')
          throw new Refusal(`${shown}: ${error.message}`);
        throw new Refusal(`${shown} cannot be kept on this machine's disk`);
      } finally {
        await rm(unfinished, { recursive: true, force: true }).catch(() => {});
      }
    },
  };
}

interface Unpacking {
  readonly commit: string;
  readonly pack: Uint8Array;
  readonly shown: string;
  readonly signal: AbortSignal;
}

async function unpack(gitDir: string, { commit, pack, shown, signal }: Unpacking): Promise<void> {
  await mkdir(gitDir, { recursive: true });
  const run = async (args: readonly string[], input?: Uint8Array) =>
    (await runGit(args, { gitDir, signal, ...(input === undefined ? {} : { input }) })).exitCode === 0;
  const made = await run(['init', '--quiet', '--bare', '--template=', gitDir]);
  if (!made) throw new Error('no repository was made');
  await writeFile(path.join(gitDir, 'shallow'), `${commit}\n`);
  const indexed = await run(['index-pack', '--stdin'], pack);
  const complete = indexed && (await run(['rev-list', '--objects', '--quiet', `${commit}^{commit}`]));
  if (!complete) throw new Refusal(`${shown} did not send the whole commit ${commit}`);
}

function nowhere(): Refusal {
  return new Refusal('Git repositories are fetched only where there is a folder to keep them in');
}
