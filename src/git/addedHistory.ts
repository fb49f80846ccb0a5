import type { AddedHistory } from '../model/history.ts';
import { listAddedCommits } from './addedCommits.ts';
import { listAddedFiles } from './addedFiles.ts';
import { isGitError } from './error.ts';

/** Where history is read. */
export interface HistorySource extends Pick<AddedHistory, 'snapshot'> {
  /** Has the commits whole. */
  readonly gitDir: string;
  /** Knows their parents. */
  readonly graphDir: string;
}

/** What the commits that a head has and a base has not (full ids) bring into history. */
export async function addedHistory(
  { gitDir, graphDir, snapshot }: HistorySource,
  base: string,
  head: string,
): Promise<AddedHistory> {
  try {
    const { commits, gap } = await listAddedCommits(graphDir, base, head);
    return { files: await listAddedFiles(gitDir, commits), gap, snapshot };
  } catch (error) {
    // A partial clone has the two commits, but need not have those between them.
    if (!isGitError(error, 'git-failed')) throw error;
    return { files: [], gap: 'the clone does not have all of the commits; fetch the rest', snapshot };
  }
}
