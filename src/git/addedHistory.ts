import type { AddedHistory } from '../model/history.ts';
import { type AddedCommits, listAddedCommits, shallowCommits } from './addedCommits.ts';
import { listAddedFiles } from './addedFiles.ts';
import { commitParents } from './commitObject.ts';
import { isGitError } from './error.ts';
import type { ObjectReader } from './objectReader.ts';

/** Where history is read. */
export interface HistorySource extends Pick<AddedHistory, 'snapshot'> {
  /** Of the repository that has the commits whole. */
  readonly objects: Pick<ObjectReader, 'read'>;
  /** Knows their parents. */
  readonly graphDir: string;
}

/** What the commits that a head has and a base has not (full ids) bring into history. */
export async function addedHistory(source: HistorySource, base: string, head: string): Promise<AddedHistory> {
  const { objects, graphDir, snapshot } = source;
  try {
    const added = (await onlyCommit(source, base, head)) ?? (await listAddedCommits(graphDir, base, head));
    return { files: await listAddedFiles(objects, added.commits), gap: added.gap, snapshot };
  } catch (error) {
    // A partial clone has the two commits, but need not have those between them.
    if (!isGitError(error, 'git-failed') && !isGitError(error, 'object-missing')) throw error;
    return { files: [], gap: 'the clone does not have all of the commits; fetch the rest', snapshot };
  }
}

/** A head that stands on the base alone tells so itself; null of any other, and where the clone cuts its history. */
async function onlyCommit(
  { objects, graphDir }: HistorySource,
  base: string,
  head: string,
): Promise<AddedCommits | null> {
  const parents = await commitParents(objects, head).catch(() => []);
  if (parents.length !== 1 || parents[0] !== base) return null;
  if ((await shallowCommits(graphDir)).has(head)) return null;
  return { commits: [{ id: head, parents }], gap: null };
}
