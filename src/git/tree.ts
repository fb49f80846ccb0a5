import type { EntryKind, TreeEntry } from '../model/snapshot.ts';
import { GitError } from './error.ts';
import { failure, runGit } from './git.ts';
import { pathName, splitNul } from './pathName.ts';

/**
 * Every entry of a commit's tree by path, folders before what is in them.
 * @throws {GitError} `object-missing` where a part of the tree is not in the repository.
 */
export async function listTree(gitDir: string, commit: string): Promise<ReadonlyMap<string, TreeEntry>> {
  const args = ['ls-tree', '-r', '-t', '-z', '--full-tree', commit];
  const result = await runGit(args, { gitDir });
  if (result.exitCode !== 0) {
    if (!MISSING.test(result.stderr)) throw failure(args, result);
    throw new GitError('object-missing', `A part of the tree of commit ${commit} is not in the repository.`);
  }
  const entries = new Map<string, TreeEntry>();
  for (const line of splitNul(result.stdout)) {
    const entry = parseEntry(line);
    entries.set(entry.path, entry);
  }
  return entries;
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
