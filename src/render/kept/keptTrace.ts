import { digestOf } from '../../model/digestOf.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { Trace, TraceEntry } from '../../model/trace.ts';
import { namesIn } from '../namesIn.ts';

/** A trace that can be held against other commits without the one that it is of: a list's id is one of its names. */
export function keptTrace(trace: Trace, snapshot: Snapshot): Trace {
  return trace.map((entry) =>
    entry.state === 'list' ? { ...entry, oid: namesDigest(entry.path, snapshot) } : entry,
  );
}

/** Whether a render with this trace would read the same at a commit. */
export function stillHolds(trace: Trace, snapshot: Snapshot): boolean {
  return trace.every((entry) => isSame(entry, snapshot));
}

function isSame({ path, state, oid }: TraceEntry, snapshot: Snapshot): boolean {
  const entry = snapshot.entries.get(path);
  switch (state) {
    case 'absent':
      return entry === undefined;
    case 'directory':
      return path === '.' || path === '' || entry?.kind === 'directory';
    case 'list':
      return oid === namesDigest(path, snapshot);
    case 'tree':
    case 'file':
      return entry?.oid === oid;
  }
}

const KNOWN = new WeakMap<Snapshot, Map<string, string>>();

function namesDigest(folder: string, snapshot: Snapshot): string {
  const known = KNOWN.get(snapshot) ?? new Map<string, string>();
  KNOWN.set(snapshot, known);
  const digest = known.get(folder) ?? digestOf(namesIn(folder, snapshot) ?? null);
  known.set(folder, digest);
  return digest;
}
