import type { EntryKind, TreeEntry } from '../model/snapshot.ts';
import { GitError, isGitError } from './error.ts';
import { failure, runGit } from './git.ts';
import { pathName, splitNul } from './pathName.ts';

/** As much of a tree as is listed. A few objects of Git, each twice in the next, are a tree without end. */
const LIMITS = { entries: 1_000_000, bytes: 256 * 1024 * 1024 };

/**
 * Every entry of a commit's tree by path, folders before what is in them.
 * @throws {GitError} `object-missing` where a part of the tree is not in the repository, `tree-too-large` where it
 * has more than is listed.
 */
export async function listTree(
  gitDir: string,
  commit: string,
  limits: typeof LIMITS = LIMITS,
): Promise<ReadonlyMap<string, TreeEntry>> {
  const args = ['ls-tree', '-r', '-t', '-z', '--full-tree', commit];
  const result = await runGit(args, { gitDir, maxBytes: limits.bytes }).catch((error: unknown) => {
    throw isGitError(error, 'output-too-large') ? tooLarge(commit, limits) : error;
  });
  if (result.exitCode !== 0) {
    if (!MISSING.test(result.stderr)) throw failure(args, result);
    throw new GitError('object-missing', `A part of the tree of commit ${commit} is not in the repository.`);
  }
  const entries = new Map<string, TreeEntry>();
  for (const line of splitNul(result.stdout)) {
    const entry = parseEntry(line);
    entries.set(entry.path, entry);
    if (entries.size > limits.entries) throw tooLarge(commit, limits);
  }
  return entries;
}

function tooLarge(commit: string, { entries, bytes }: typeof LIMITS): GitError {
  const size = `more than ${entries.toLocaleString('en-US')} files and folders, or ${bytes / 1024 / 1024} MiB of their names`;
  return new GitError('tree-too-large', `The tree of commit ${commit} has ${size}, and is not read.`);
}

/** What git says where a tree cannot be read. */
const MISSING =
  /not a tree object|Not a valid object name|could not read|unable to read|bad tree|bad object|corrupt|is empty/i;

/** `<mode> <type> <oid>` TAB `<path>`: https://git-scm.com/docs/git-ls-tree#_output_format */
function parseEntry(line: Buffer): TreeEntry {
  const tab = line.indexOf(0x09);
  const [mode = '', , oid = ''] = line.subarray(0, tab).toString().split(' ');
  return { path: pathName(line.subarray(tab + 1)), kind: kindOf(mode), oid };
}

function kindOf(mode: string): EntryKind {
  switch (mode) {
    case '040000':
      return 'directory';
    case '120000':
      return 'symlink';
    case '160000':
      return 'submodule';
    default:
      return 'file';
  }
}
