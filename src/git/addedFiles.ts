import type { AddedFile } from '../model/history.ts';
import type { AddedCommit } from './addedCommits.ts';
import { failure, runGit } from './git.ts';
import { pathName, splitNul } from './pathName.ts';

/**
 * The files that commits add or change, against their parents. Of a merge only what no
 * parent has in that form counts.
 * @param gitDir the repository that has the commits, and their parents, whole.
 */
export async function listAddedFiles(gitDir: string, commits: readonly AddedCommit[]): Promise<AddedFile[]> {
  if (commits.length === 0) return [];
  // Parents are named: a mirror's own copies of commits have none.
  const input = commits.map(({ id, parents }) => `${[id, ...parents].join(' ')}\n`).join('');
  const args = ['diff-tree', '--stdin', '--root', '-c', '-r', '-z', '--raw', '--no-renames'];
  const result = await runGit(args, { gitDir, input });
  if (result.exitCode !== 0) throw failure(args, result);
  const files: AddedFile[] = [];
  let commit = '';
  let entry: Entry | null = null;
  for (const part of splitNul(result.stdout)) {
    if (entry !== null) {
      if (entry.isFile) files.push({ commit, path: pathName(part), oid: entry.oid });
      entry = null;
    } else if (part[0] === COLON) entry = entryOf(part.toString());
    else commit = part.toString().trim();
  }
  return files;
}

const COLON = 0x3a;

interface Entry {
  readonly isFile: boolean;
  readonly oid: string;
}

/**
 * `:<mode> <mode> <oid> <oid> <status>`; with a colon, a mode and an id more for each further
 * parent. https://git-scm.com/docs/git-diff-tree#_raw_output_format
 */
function entryOf(text: string): Entry {
  const parents = text.lastIndexOf(':') + 1;
  const words = text.slice(parents).split(' ');
  return { isFile: (words[parents] ?? '').startsWith('100'), oid: words[2 * parents + 1] ?? '' };
}
