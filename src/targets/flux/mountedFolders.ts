import path from 'node:path';
import type { Mount } from '../../model/renderSource.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { isIn } from './readFolders.ts';
import { below, pathInTree } from './tree.ts';

/** A folder of the commit that stands somewhere in a tree, with all or some of its files. */
interface Placed {
  readonly folder: string;
  readonly at: string;
}

/**
 * The folders of the commit whose files stand in and below a folder of a tree made of
 * mounts. Empty where the tree has no such folder.
 */
export function mountedFolders(snapshot: Snapshot, mounts: readonly Mount[], wanted: string): string[] {
  const isFolder = (folder: string) => folder === '.' || snapshot.entries.get(folder)?.kind === 'directory';
  const found = mounts
    .map((mount) => placedBy(mount, isFolder))
    .flatMap(({ folder, at }) => {
      if (isIn(wanted, at)) return [below(folder, at === '.' ? wanted : wanted.slice(at.length))];
      return isIn(at, wanted) ? [folder] : [];
    });
  return [...new Set(found)].filter(isFolder);
}

/** As source-watcher copies: see the engine's `flux` package for the whole of it. */
function placedBy({ from, to }: Mount, isFolder: (path: string) => boolean): Placed {
  const at = pathInTree(to);
  const contents = /^(?<folder>[^*?[\]]+)\/\*\*$/.exec(from)?.groups?.['folder'];
  if (contents !== undefined) return { folder: pathInTree(contents), at };
  // What another pattern matches keeps its whole path.
  if (/[*?[\]]/.test(from)) return { folder: '.', at };
  const source = pathInTree(from);
  if (isFolder(source)) return { folder: source, at: below(at, path.posix.basename(source)) };
  return { folder: below(source, '..'), at: to.endsWith('/') || at === '.' ? at : below(at, '..') };
}
