import { digestOf } from '../../model/digestOf.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { Trace, TraceEntry } from '../../model/trace.ts';
import { answersTheSame } from '../affected.ts';
import { namesIn } from '../namesIn.ts';

/** A trace that can be held against other commits without the one that it is of: a list's id is one of its names. */
export function keptTrace(trace: Trace, snapshot: Snapshot): Trace {
  return trace.map((entry) =>
    entry.state === 'list' ? { ...entry, oid: namesDigest(entry.path, snapshot) } : entry,
  );
}

/** Whether a render with this trace would read the same at a commit. */
export function stillHolds(trace: Trace, snapshot: Snapshot): boolean {
  const listsTheSame = ({ path, oid }: TraceEntry) => oid === namesDigest(path, snapshot);
  return trace.every((entry) => answersTheSame(entry, snapshot, listsTheSame));
}

const KNOWN = new WeakMap<Snapshot, Map<string, string>>();

function namesDigest(folder: string, snapshot: Snapshot): string {
  const known = KNOWN.get(snapshot) ?? new Map<string, string>();
  KNOWN.set(snapshot, known);
  const digest = known.get(folder) ?? digestOf(namesIn(folder, snapshot) ?? null);
  known.set(folder, digest);
  return digest;
}
