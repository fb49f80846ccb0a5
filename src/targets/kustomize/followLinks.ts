import path from 'node:path';
import type { Snapshot, TreeEntry } from '../../model/snapshot.ts';

/** As many links as Linux follows before it says ELOOP. */
const MAX_LINKS = 40;

/**
 * A path with its symlinks resolved inside the tree, without trailing slash; `.` for the
 * root. Null where it leads out of the tree, into nothing, or around in circles.
 */
export async function followLinks(snapshot: Snapshot, wanted: string): Promise<string | null> {
  const plain = path.posix.normalize(wanted).replace(/(?<=.)\/+$/, '');
  const entry = snapshot.entries.get(plain);
  // Nothing stands below a symlink in a tree, so what stands there is reached without one.
  if (entry !== undefined && entry.kind !== 'symlink') return plain;
  const isLinked = linksOf(snapshot).some((link) => plain === link || plain.startsWith(`${link}/`));
  return isLinked || !/^[^./]/.test(plain) ? stepByStep(snapshot, plain) : null;
}

const LINKS = new WeakMap<Snapshot, readonly string[]>();

function linksOf(snapshot: Snapshot): readonly string[] {
  const known = LINKS.get(snapshot) ?? [...snapshot.entries.values()].flatMap(pathOfLink);
  LINKS.set(snapshot, known);
  return known;
}

function pathOfLink({ kind, path: link }: TreeEntry): string[] {
  return kind === 'symlink' ? [link] : [];
}

async function stepByStep(snapshot: Snapshot, plain: string): Promise<string | null> {
  let rest = plain.split('/').filter((part) => part !== '' && part !== '.');
  const done: string[] = [];
  for (let links = 0; ; ) {
    const part = rest.shift();
    if (part === undefined) return done.length === 0 ? '.' : done.join('/');
    if (part === '..') {
      if (done.pop() === undefined) return null;
      continue;
    }
    const here = [...done, part].join('/');
    const entry = snapshot.entries.get(here);
    if (entry === undefined) return null;
    if (entry.kind !== 'symlink') {
      done.push(part);
      continue;
    }
    if (++links > MAX_LINKS) return null;
    const link = new TextDecoder().decode(await snapshot.read(here));
    if (link.startsWith('/')) return null;
    rest = [...link.split('/').filter((step) => step !== '' && step !== '.'), ...rest];
  }
}
