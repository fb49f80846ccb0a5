import type { Snapshot } from '../model/snapshot.ts';
import type { Trace, TraceEntry } from '../model/trace.ts';

/**
 * True when a render with this trace would read something else at the other commit: then
 * the target is affected. Equal answers to all that was asked mean an equal rendering.
 */
export function isAffected(trace: Trace, other: Snapshot): boolean {
  return trace.some((entry) => differs(entry, other));
}

function differs({ path, state, oid }: TraceEntry, other: Snapshot): boolean {
  const entry = other.entries.get(path);
  switch (state) {
    case 'absent':
      return entry !== undefined;
    case 'directory':
      return path !== '.' && path !== '' && entry?.kind !== 'directory';
    case 'list':
    case 'file':
      return entry?.oid !== oid;
  }
}
