import type { FluxContext } from './fluxContext.ts';
import { mountedFolders } from './mountedFolders.ts';
import { filesIn, readFolders } from './readFolders.ts';
import { below, type SourceTree } from './tree.ts';

/** A folder of a source's tree, as it stands in the commit. */
export interface TreeFolder {
  /** Where its files stand; the first is its own. Never empty. */
  readonly folders: readonly [string, ...string[]];
  /** The files that building it may read. */
  readonly files: readonly string[];
}

/**
 * A folder of a source's tree; null where the tree has none of that path.
 * @param components folders that are built with it, relative to it.
 */
export async function folderOf(
  context: FluxContext,
  { mounts }: SourceTree,
  { path, components }: { readonly path: string; readonly components: readonly string[] },
): Promise<TreeFolder | null> {
  const { snapshot } = context;
  const exists = path === '.' || snapshot.entries.get(path)?.kind === 'directory';
  const [own, ...others] = mounts === null ? (exists ? [path] : []) : mountedFolders(snapshot, mounts, path);
  if (own === undefined) return null;
  const read =
    mounts === null
      ? readFolders(await context.kustomizations(), [
          path,
          ...components.map((folder) => below(path, folder)),
        ])
      : // Which mount a reference leads into is not worth following: any of them may be read.
        mountedFolders(snapshot, mounts, '.');
  return { folders: [own, ...others], files: filesIn(snapshot, read) };
}
