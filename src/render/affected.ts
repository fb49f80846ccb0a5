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
export function isAffected(trace: Trace, commits: Commits): boolean {
  return trace.some((entry) => differs(entry, commits));
}

function differs({ path, state, oid }: TraceEntry, { rendered, other }: Commits): boolean {
  const entry = other.entries.get(path);
  switch (state) {
    case 'absent':
      return entry !== undefined;
    case 'directory':
      return path !== '.' && path !== '' && entry?.kind !== 'directory';
    case 'list':
      // What is read of the files that are listed has entries of its own.
      return entry?.oid !== oid && namesIn(path, rendered) !== namesIn(path, other);
    case 'tree':
    case 'file':
      return entry?.oid !== oid;
  }
}
