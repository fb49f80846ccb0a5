import type { EntryKind, TreeEntry } from '../model/snapshot.ts';
import type { ObjectReader } from './objectReader.ts';
import { pathName } from './pathName.ts';
import { MODE, type TreeLimits, type TreeLine, TreeReader } from './treeReader.ts';

/** What is told of an entry besides its path, in bytes. */
const LINE = 54;

/**
 * Every entry of a commit's tree by path, folders before what is in them.
 * @param commit a full commit id.
 * @throws {GitError} `object-missing` where a part of the tree is not in the repository, `tree-too-large` where it
 * has more than is listed.
 */
export async function listTree(
  objects: Pick<ObjectReader, 'read'>,
  commit: string,
  limits?: TreeLimits,
): Promise<ReadonlyMap<string, TreeEntry>> {
  const reader = new TreeReader(objects, commit, limits);
  const root = await reader.read(`${commit}^{tree}`);
  const folders = await readFolders(reader, root);
  const entries = new Map<string, TreeEntry>();
  const left = [{ folder: Buffer.alloc(0), lines: root.values() }];
  for (let here = left.at(-1); here !== undefined; here = left.at(-1)) {
    const next = here.lines.next();
    if (next.done === true) {
      left.pop();
      continue;
    }
    const { name, mode, oid } = next.value;
    const bytes = Buffer.concat([here.folder, name]);
    reader.count(bytes, LINE);
    const path = pathName(bytes);
    entries.set(path, { path, kind: kindOf(mode), oid });
    const inside = mode === MODE.folder ? folders.get(oid) : undefined;
    if (inside !== undefined) left.push({ folder: Buffer.concat([bytes, SLASH]), lines: inside.values() });
  }
  return entries;
}

const SLASH = Buffer.from('/');

/** The lines of all folders below, by the folder's id: one level after the other, each at once. */
async function readFolders(
  reader: TreeReader,
  root: readonly TreeLine[],
): Promise<ReadonlyMap<string, readonly TreeLine[]>> {
  const folders = new Map<string, readonly TreeLine[]>();
  for (let level = [root]; level.length > 0; ) {
    const wanted = new Set(level.flatMap(foldersIn).filter((oid) => !folders.has(oid)));
    level = await Promise.all(
      [...wanted].map(async (oid) => {
        const lines = await reader.read(oid);
        folders.set(oid, lines);
        return lines;
      }),
    );
  }
  return folders;
}

function foldersIn(lines: readonly TreeLine[]): string[] {
  return lines.filter(({ mode }) => mode === MODE.folder).map(({ oid }) => oid);
}

function kindOf(mode: number): EntryKind {
  switch (mode & MODE.type) {
    case MODE.folder:
      return 'directory';
    case MODE.symlink:
      return 'symlink';
    case MODE.submodule:
      return 'submodule';
    default:
      return 'file';
  }
}
