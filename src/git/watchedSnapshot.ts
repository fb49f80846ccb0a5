import type { Snapshot } from '../model/snapshot.ts';
import type { OnStep } from '../model/step.ts';

/** A snapshot of which somebody hears what was read last, before anybody looks at it. */
export function watchedSnapshot(snapshot: Snapshot, onStep: OnStep | undefined): Snapshot {
  if (onStep === undefined) return snapshot;
  return {
    ...snapshot,
    read: async (file) => {
      const content = await snapshot.read(file);
      onStep({ file });
      return content;
    },
  };
}
