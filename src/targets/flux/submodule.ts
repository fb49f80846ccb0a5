import type { Snapshot } from '../../model/snapshot.ts';
import { type Refusal, refuse } from '../refusal.ts';

/** Refuses a path whose files are in another repository; null for others. */
export function inSubmodule({ entries }: Snapshot, path: string): Refusal | null {
  const steps = path.split('/');
  const folders = steps.map((_, index) => steps.slice(0, index + 1).join('/'));
  const submodule = folders.find((folder) => entries.get(folder)?.kind === 'submodule');
  if (submodule === undefined) return null;
  const reason = `${path} lies in the submodule ${submodule}, whose files are in another repository`;
  return refuse(`${reason}, which is not fetched`);
}
