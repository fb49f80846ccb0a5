import type { Snapshot } from '../../model/snapshot.ts';
import type { Kustomization } from '../kustomize/readKustomizations.ts';

/**
 * The folders that building some may read: themselves, and those that kustomizations in and
 * below refer to. Each counts with all that is below.
 */
export function readFolders(kustomizations: readonly Kustomization[], starts: readonly string[]): string[] {
  const folders = new Set<string>();
  const waiting = [...starts];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    if (folders.has(folder)) continue;
    folders.add(folder);
    const inside = folder;
    waiting.push(
      ...kustomizations.filter((one) => isIn(one.folder, inside)).flatMap(({ references }) => references),
    );
  }
  return [...folders];
}

/** The files and symlinks in and below folders, in the tree's order. */
export function filesIn(snapshot: Snapshot, folders: readonly string[]): string[] {
  return [...snapshot.entries.values()]
    .filter(({ kind }) => kind === 'file' || kind === 'symlink')
    .map(({ path }) => path)
    .filter((file) => folders.some((folder) => isIn(file, folder)));
}

/** True for a path that is a folder or below it; `.` is the root. */
export function isIn(path: string, folder: string): boolean {
  return folder === '.' || path === folder || path.startsWith(`${folder}/`);
}
