import path from 'node:path';
import type { Snapshot } from './snapshot.ts';

/** As many as Linux follows. */
const MOST_LINKS = 40;

/**
 * The path of the file that a path leads to, through symlinks of the commit; null where it
 * leads to none, or out of the tree.
 */
export async function followLinks(
  snapshot: Pick<Snapshot, 'entries' | 'read'>,
  wanted: string,
): Promise<string | null> {
  let name = path.posix.normalize(wanted);
  for (let links = 0; links <= MOST_LINKS; links++) {
    if (snapshot.entries.get(name)?.kind === 'file') return name;
    const link = prefixesOf(name).find((prefix) => snapshot.entries.get(prefix)?.kind === 'symlink');
    if (link === undefined) return null;
    const target = new TextDecoder().decode(await snapshot.read(link));
    if (target.startsWith('/')) return null;
    name = path.posix.join(path.posix.dirname(link), target, name.slice(link.length));
  }
  return null;
}

/** `a`, `a/b`, `a/b/c` of `a/b/c`. */
function prefixesOf(name: string): string[] {
  const parts = name.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
