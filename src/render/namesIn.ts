import path from 'node:path';
import type { Snapshot } from '../model/snapshot.ts';

/** The names of each folder of a commit, made when they are first asked for. */
const KNOWN = new WeakMap<Snapshot, ReadonlyMap<string, string>>();

/** A text of all names in a folder with what they are, such as files; undefined where there is no such folder. */
export function namesIn(folder: string, snapshot: Snapshot): string | undefined {
  const names = KNOWN.get(snapshot) ?? namesOf(snapshot);
  KNOWN.set(snapshot, names);
  return names.get(folder === '' ? '.' : folder);
}

function namesOf({ entries }: Snapshot): ReadonlyMap<string, string> {
  const names = new Map<string, string[]>([['.', []]]);
  for (const { path: at, kind } of entries.values()) {
    if (kind === 'directory' && !names.has(at)) names.set(at, []);
    const folder = path.posix.dirname(at);
    const inside = names.get(folder) ?? [];
    inside.push(`${kind} ${path.posix.basename(at)}`);
    names.set(folder, inside);
  }
  return new Map([...names].map(([folder, inside]) => [folder, inside.join('\n')]));
}
