import type { Snapshot } from '../../model/snapshot.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { isIn } from './readFolders.ts';

/** Refuses a path whose files are in another repository; null for others. */
export function inSubmodule({ entries }: Snapshot, path: string): Refusal | null {
  for (const entry of entries.values()) {
    if (entry.kind === 'submodule' && isIn(path, entry.path)) {
      const reason = `${path} lies in the submodule ${entry.path}, whose files are in another repository`;
      return refuse(`${reason}, which is not fetched`);
    }
  }
  return null;
}
