import type { Snapshot } from '../model/snapshot.ts';
import type { Trace, TraceEntry } from '../model/trace.ts';
import { namesIn } from './namesIn.ts';

/** Where something was rendered, and where it would be. */
interface Commits {
  readonly rendered: Snapshot;
  readonly other: Snapshot;
}

/**
 * True when a render with this trace would read something else at the other commit: then
 * the target is affected. Equal answers to all that was asked mean an equal rendering.
 */
export function isAffected(trace: Trace, { rendered, other }: Commits): boolean {
  // What is read of the files that are listed has entries of its own.
  const listsTheSame = ({ path, oid }: TraceEntry) =>
    other.entries.get(path)?.oid === oid || namesIn(path, rendered) === namesIn(path, other);
  return !trace.every((entry) => answersTheSame(entry, other, listsTheSame));
}

/**
 * Whether a commit gives the answer that a render had.
 * @param listsTheSame of an entry of a folder whose names were listed.
 */
export function answersTheSame(
  asked: TraceEntry,
  { entries }: Snapshot,
  listsTheSame: (asked: TraceEntry) => boolean,
): boolean {
  const { path, state, oid } = asked;
  const entry = entries.get(path);
  switch (state) {
    case 'absent':
      return entry === undefined;
    case 'directory':
      return path === '.' || path === '' || entry?.kind === 'directory';
    case 'list':
      return listsTheSame(asked);
    case 'tree':
    case 'file':
      return entry?.oid === oid;
  }
}
