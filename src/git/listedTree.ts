import { GitError } from './error.ts';
import { failure, runGit } from './git.ts';

/** As much as is read of a list of files. */
const MOST_BYTES = 1 << 26;

/**
 * Git's id of each file of a commit (a full id), by path, without reading any.
 * @throws {GitError} `object-missing` where the commit is not there, `output-too-large` where it has too many files.
 */
export async function listedTree(
  gitDir: string,
  commit: string,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const args = ['ls-tree', '-r', '-z', '--full-tree', commit];
  const result = await runGit(args, { gitDir, signal, maxBytes: MOST_BYTES });
  if (result.exitCode !== 0) throw new GitError('object-missing', failure(args, result).message);
  const lines = result.stdout.toString().split('\0').slice(0, -1);
  return new Map(
    lines.map((line) => [line.slice(line.indexOf('\t') + 1), line.slice(0, line.indexOf('\t'))]),
  );
}
