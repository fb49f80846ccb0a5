import path from 'node:path';
import type { Snapshot } from '../../model/snapshot.ts';
import { followLinks } from '../kustomize/followLinks.ts';

/** The folder that a source's `path` names, or what is wrong with it. */
export type LocalFolder =
  | { readonly folder: string }
  | { readonly problem: 'absolute' | 'outside' | 'missing' | 'no-folder' };

/**
 * Finds a source's folder in the tree, through symlinks.
 * @see https://github.com/argoproj/argo-cd/blob/master/util/app/path/path.go (Path)
 */
export async function localFolder(snapshot: Snapshot, wanted: string): Promise<LocalFolder> {
  if (wanted.startsWith('/')) return { problem: 'absolute' };
  const normal = normalFolder(wanted);
  if (normal === '..' || normal.startsWith('../')) return { problem: 'outside' };
  const folder = await followLinks(snapshot, normal);
  if (folder === null) return { problem: 'missing' };
  if (folder !== '.' && snapshot.entries.get(folder)?.kind !== 'directory') return { problem: 'no-folder' };
  return { folder };
}

/** A path without `./`, doubled slashes and slash at the end; `.` for the root. */
export function normalFolder(wanted: string): string {
  return path.posix.normalize(wanted === '' ? '.' : wanted).replace(/(?<=.)\/$/, '');
}
