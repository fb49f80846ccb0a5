import { createHash } from 'node:crypto';
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

/**
 * By the settings file, what may be a schema, and the folders at the top that have policies, with the data in them.
 * What counts in vain only costs another review.
 */
function digestOf(files: ReadonlyMap<string, string>): string {
  const names = [...files.keys()];
  const policies = new Set(names.filter((name) => name.endsWith('.rego')).map(topOf));
  const counts = (name: string) => /^\.hydrant\.ya?ml$|\.json$/.test(name) || policies.has(topOf(name));
  const hash = createHash('sha256');
  for (const name of names.filter(counts).toSorted()) hash.update(`${files.get(name) ?? ''} ${name}\0`);
  return hash.digest('hex').slice(0, 16);
}

/** The first folder of a path; nothing for a file at the top. */
function topOf(name: string): string {
  return name.slice(0, Math.max(0, name.indexOf('/')));
}
