import { createHash } from 'node:crypto';
import path from 'node:path';
import { isGitError } from '../git/error.ts';
import { listedTree } from '../git/listedTree.ts';
import { openMirror } from '../git/mirror.ts';
import type { RepositoryRef } from './job.ts';

/** Whose settings, and where. */
export interface SettingsAsked extends Pick<RepositoryRef, 'owner' | 'repo'> {
  readonly cloneUrl: string;
  readonly settingsCommit: string;
  readonly token: () => Promise<string>;
  readonly signal: AbortSignal;
}

/** A short digest of the settings of a commit: another one says that a review could come to something else. */
export type SettingsDigest = (asked: SettingsAsked) => Promise<string>;

/** Digests from the mirrors below a data folder. Contents are not read: Git's ids of files stand for them. */
export function createSettingsDigest(dataDir: string): SettingsDigest {
  return async ({ owner, repo, cloneUrl, settingsCommit, token, signal }) => {
    const mirror = await openMirror({ dataDir, owner, name: repo, url: cloneUrl });
    try {
      const list = () => listedTree(mirror.gitDir, settingsCommit, signal);
      const files = await list().catch(async (error: unknown) => {
        if (!isGitError(error, 'object-missing')) throw error;
        await mirror.fetch({ commits: [settingsCommit], token: await token(), signal });
        return list();
      });
      return digestOf(files);
    } finally {
      await mirror.close();
    }
  };
}

/** By the settings file, the schemas, and the policies with what stands in their folders, such as their data. */
function digestOf(files: ReadonlyMap<string, string>): string {
  const names = [...files.keys()];
  const policies = new Set(
    names.filter((name) => name.endsWith('.rego')).map((name) => path.posix.dirname(name)),
  );
  const counts = (name: string) =>
    /^\.hydrant\.ya?ml$|\.json$/.test(name) || policies.has(path.posix.dirname(name));
  const counted = names.filter(counts).toSorted();
  const hash = createHash('sha256');
  for (const name of counted) hash.update(`${files.get(name) ?? ''} ${name}\0`);
  return hash.digest('hex').slice(0, 16);
}
