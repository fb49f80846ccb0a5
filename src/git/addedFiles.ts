import type { AddedFile } from '../model/history.ts';
import type { AddedCommit } from './addedCommits.ts';
import { type ChangedEntry, changedEntries } from './changedEntries.ts';
import type { ObjectReader } from './objectReader.ts';
import { MODE } from './treeReader.ts';

/**
 * The files that commits add or change, against their parents. Of a merge only what no
 * parent has in that form counts.
 * @param objects of the repository that has the commits, and their parents, whole.
 */
export async function listAddedFiles(
  objects: Pick<ObjectReader, 'read'>,
  commits: readonly AddedCommit[],
): Promise<AddedFile[]> {
  const files: AddedFile[] = [];
  for (const { id, parents } of commits) {
    // Parents are named: a mirror's own copies of commits have none.
    const [first, ...others] = await changesOf(objects, { id, parents });
    const elsewhere = others.map((changes) => new Set(changes.map(({ path }) => path)));
    for (const { path, after } of first ?? []) {
      const isFile = after !== null && (after.mode & MODE.type) === MODE.file;
      const isNew = isFile && elsewhere.every((paths) => paths.has(path));
      if (isNew) files.push({ commit: id, path, oid: after.oid });
    }
  }
  return files;
}

/** Against each parent; a first commit adds all that it has. */
function changesOf(
  objects: Pick<ObjectReader, 'read'>,
  { id, parents }: AddedCommit,
): Promise<readonly ChangedEntry[][]> {
  const against = parents.length === 0 ? [null] : parents;
  return Promise.all(against.map((parent) => changedEntries(objects, [parent, id])));
}
